package dev.emroperator.finance.operator.orphans;

import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.emr.ApiBudget;
import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.emr.EmrService;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for clusters of one region that cost money for nothing. A cluster is acted on when two
 * sweeps in a row have shown it so; each is reported once. Not thread-safe.
 */
final class RegionPatrol {

  private static final Logger LOG = LoggerFactory.getLogger(RegionPatrol.class);

  private final String region;
  private final EmrService emr;
  private final ClusterSweep sweep;
  private final Judgement judgement;
  private final Objects objects;
  private final Predicate<String> mayTerminate;
  private final Consumer<Finding> report;
  private final Clock clock;
  private Instant examined = Instant.EPOCH;

  /** What the sweep before has shown, by id. */
  private Map<String, Sighting> before = Map.of();

  /** A useless cluster, and whether it was reported. */
  private record Sighting(Verdict verdict, Owner owner, boolean reported) {}

  /**
   * Does nothing before {@link #round}.
   *
   * @param mayTerminate whether orphans of a namespace may be terminated
   */
  RegionPatrol(
      String region,
      EmrService emr,
      ClusterSweep sweep,
      Judgement judgement,
      Objects objects,
      Predicate<String> mayTerminate,
      Consumer<Finding> report,
      Clock clock) {
    this.region = region;
    this.emr = emr;
    this.sweep = sweep;
    this.judgement = judgement;
    this.objects = objects;
    this.mayTerminate = mayTerminate;
    this.report = report;
    this.clock = clock;
  }

  /**
   * Examines the last sweep, if it has not been examined yet.
   *
   * @throws EmrException when there is none
   */
  void round() {
    List<ClusterSummary> live = sweep.live();
    Instant sweptAt = sweep.sweptAt().orElseThrow();
    if (!sweptAt.isAfter(examined)) {
      return;
    }
    examined = sweptAt;
    List<FinancialAnalysis> known = objects.known().get();
    Map<String, Sighting> now = new HashMap<>();
    for (ClusterSummary cluster : live) {
      if (judgement.suspects(cluster, known, live, clock.instant())) {
        examine(cluster, live).ifPresent(sighting -> now.put(cluster.id(), sighting));
      }
    }
    before = now;
  }

  private Optional<Sighting> examine(ClusterSummary cluster, List<ClusterSummary> live) {
    Sighting seen = before.get(cluster.id());
    // An object that is gone does not come back with the same uid.
    boolean certain = seen != null && seen.reported() && seen.verdict() == Verdict.ORPHAN;
    try {
      Sighting sighting = certain ? seen : look(cluster, live);
      if (sighting.verdict() == Verdict.UNKNOWN) {
        return Optional.ofNullable(seen);
      }
      if (!sighting.verdict().isUseless()) {
        return Optional.empty();
      }
      boolean again = seen != null && seen.verdict() == sighting.verdict();
      return Optional.of(again ? act(cluster, sighting, seen.reported()) : sighting);
    } catch (ApiBudget.Spent e) {
      return Optional.ofNullable(seen);
    } catch (EmrException e) {
      LOG.warn("Can't see to cluster {}: {}", cluster.id(), e.getMessage());
      return Optional.ofNullable(seen);
    }
  }

  private Sighting look(ClusterSummary cluster, List<ClusterSummary> live) {
    Optional<Owner> owner = emr.tags(cluster.id()).flatMap(tags -> judgement.owner(cluster, tags));
    Lookup object =
        owner
            .map(named -> objects.read().apply(named.namespace(), named.name()))
            .orElseGet(Lookup.Unread::new);
    Verdict verdict = judgement.of(cluster, owner, object, live, clock.instant());
    return new Sighting(verdict, owner.orElse(null), false);
  }

  private Sighting act(ClusterSummary cluster, Sighting sighting, boolean reported) {
    Owner owner = sighting.owner();
    boolean stray = sighting.verdict() == Verdict.STRAY;
    boolean terminate = stray || mayTerminate.test(owner.namespace());
    if (!reported) {
      report.accept(
          new Finding(
              cluster, region, stray, owner.namespace(), owner.name(), owner.uid(), terminate));
    }
    Sighting done = new Sighting(sighting.verdict(), owner, true);
    if (terminate) {
      try {
        emr.terminateJobFlows(List.of(cluster.id()));
      } catch (EmrException e) {
        LOG.warn("Can't terminate cluster {}: {}", cluster.id(), e.getMessage());
      }
    }
    return done;
  }
}
