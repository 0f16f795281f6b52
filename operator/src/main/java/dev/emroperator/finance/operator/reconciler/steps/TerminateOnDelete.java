package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.reconciler.Deletion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an object go when EMR says that its cluster is going, or when the object itself, read live,
 * shows that none was ever asked for. Where EMR can't be asked any more, the user may give the
 * cluster up by name.
 *
 * @param liveRead the object as the API server has it now, null when it is gone
 */
public record TerminateOnDelete(
    UnaryOperator<FinancialAnalysis> liveRead,
    Accounts accounts,
    Claimant claimant,
    LastRequests requests,
    Timing timing,
    Clock clock)
    implements Deletion {

  /** Its value is the id of the cluster, or the attempt's name where no id is known. */
  public static final String ABANDON = FinancialAnalysis.GROUP + "/abandon-cluster";

  private static final Logger LOG = LoggerFactory.getLogger(TerminateOnDelete.class);

  @Override
  public Optional<String> waitsFor(FinancialAnalysis object) {
    FinancialAnalysis live = liveRead.apply(object);
    boolean gone =
        live == null || !object.getMetadata().getUid().equals(live.getMetadata().getUid());
    if (gone) {
      return Optional.empty();
    }
    Target target = target(live);
    if (target.cluster() == null) {
      return Optional.empty();
    }
    if (target.cluster().equals(annotation(live))) {
      LOG.warn("{}: cluster {} is abandoned, as asked", live.qualifiedName(), target.cluster());
      return Optional.empty();
    }
    try {
      Account account = accounts.of(environment(live));
      return target.id() == null
          ? unnamed(account, target.attempt())
          : named(account, target.id(), target.attempt());
    } catch (EmrException | IllegalStateException e) {
      throw new Blocked(remedy(live.statusOrEmpty(), target.cluster(), e), e);
    }
  }

  /** What is to be ended: a cluster by its id, or else the one that an attempt may have led to. */
  private record Target(String id, Attempt attempt) {

    /** What the user calls it; null when there is nothing to end. */
    String cluster() {
      return id != null ? id : attempt == null ? null : attempt.name();
    }
  }

  private Target target(FinancialAnalysis live) {
    FinancialAnalysisStatus status = live.statusOrEmpty();
    return leftNothing(status)
        ? forgotten(live)
        : new Target(status.cluster() == null ? null : status.cluster().id(), status.attempt());
  }

  /** A spec that this version can't read has no environment, and the user is told so. */
  private static String environment(FinancialAnalysis live) {
    return live.getSpec() == null ? "" : live.getSpec().environment();
  }

  /** True when status knows of nothing to end. */
  private static boolean leftNothing(FinancialAnalysisStatus status) {
    boolean neverAsked = status.attempt() == null;
    boolean refused = status.outcome() != null && status.cluster() == null;
    boolean ended = status.cluster() != null && status.cluster().endedAt() != null;
    return neverAsked || refused || ended;
  }

  /**
   * A status may have been lost: what this process has asked for, or the last sweep has seen, is
   * ended all the same.
   */
  private Target forgotten(FinancialAnalysis live) {
    boolean neverAsked = live.statusOrEmpty().attempt() == null;
    String seen = neverAsked ? seen(live).orElse(null) : null;
    return new Target(seen, requests.lost(live).orElse(null));
  }

  /** EMR is asked only by a process that has seen no sweep, and if it can't be, nobody waits. */
  private Optional<String> seen(FinancialAnalysis live) {
    try {
      return accounts.find(environment(live)).stream()
          .flatMap(account -> account.sweep().seen().stream())
          .filter(c -> NamedClusters.isOf(live, claimant.installation(), c))
          .map(ClusterSummary::id)
          .findFirst();
    } catch (EmrException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private Optional<String> named(Account account, String id, Attempt attempt) {
    if (account.sweep().hasSeenLeave(id)) {
      return Optional.empty();
    }
    Optional<ClusterSummary> cluster = account.sweep().find(id);
    boolean gone =
        cluster
            .map(c -> NamedClusters.terminateLive(account.emr(), List.of(c)))
            .orElseGet(() -> attempt == null || !Clusters.mayStillAppear(attempt, clock.instant()));
    return gone ? Optional.empty() : Optional.of("waiting for the end of cluster " + id);
  }

  /** The request may have left although no id came back, so nobody goes before that is settled. */
  private Optional<String> unnamed(Account account, Attempt attempt) {
    Instant settledAt = attempt.intendedAt().plus(timing.settleWithin());
    boolean settled = clock.instant().isAfter(settledAt);
    List<ClusterSummary> found =
        NamedClusters.of(
            account.sweep(),
            attempt.name(),
            attempt.intendedAt(),
            settled ? settledAt : attempt.intendedAt());
    boolean allGoing = NamedClusters.terminateLive(account.emr(), found);
    return allGoing && (settled || !found.isEmpty())
        ? Optional.empty()
        : Optional.of("looking for the cluster that was asked for as " + attempt.name());
  }

  private static String annotation(FinancialAnalysis live) {
    Map<String, String> annotations = live.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(ABANDON);
  }

  private static String remedy(FinancialAnalysisStatus status, String cluster, RuntimeException e) {
    String console = status.cluster() == null ? "" : " (" + status.cluster().console() + ")";
    return ("cluster %s%s can't be ended: %s. Give the operator its access back; or see to it that"
            + " the cluster ends, and let the object go by the annotation %s: %s")
        .formatted(cluster, console, e.getMessage(), ABANDON, cluster);
  }
}
