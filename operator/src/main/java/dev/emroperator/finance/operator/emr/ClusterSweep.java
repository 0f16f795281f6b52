package dev.emroperator.finance.operator.emr;

import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The live clusters of an account and region, asked for at most once an interval, whoever needs
 * them. One ListClusters serves every object; no object costs a call of its own while it runs.
 */
public final class ClusterSweep {

  private final EmrService emr;
  private final Duration interval;
  private final Clock clock;
  private Instant takenAt = Instant.EPOCH;
  private Map<String, ClusterSummary> live = Map.of();

  public ClusterSweep(EmrService emr, Duration interval, Clock clock) {
    this.emr = emr;
    this.interval = interval;
    this.clock = clock;
  }

  /**
   * The cluster as the sweep saw it; when it is not among the live ones, as EMR describes it now.
   *
   * @return nothing if EMR does not know the id
   */
  public Optional<ClusterSummary> find(String clusterId) {
    ClusterSummary seen = liveClusters().get(clusterId);
    return seen == null ? emr.describeCluster(clusterId) : Optional.of(seen);
  }

  /** How long an answer is used. */
  public Duration interval() {
    return interval;
  }

  private synchronized Map<String, ClusterSummary> liveClusters() {
    Instant now = clock.instant();
    if (Duration.between(takenAt, now).compareTo(interval) >= 0) {
      live =
          emr.listClusters(ClusterState.LIVE, null).stream()
              .collect(Collectors.toMap(ClusterSummary::id, Function.identity(), (a, b) -> b));
      takenAt = now;
    }
    return live;
  }
}
