package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.emr.EmrService;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.plan.AttemptName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The clusters that bear the name of an attempt, dead or alive: the search of those who don't know
 * an id.
 */
final class NamedClusters {

  /** Clocks differ between here and EMR. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private NamedClusters() {}

  /**
   * All of that name that were created since the intent, the oldest first.
   *
   * @param begunAfter as in {@link ClusterSweep#history}
   */
  static List<ClusterSummary> of(
      ClusterSweep sweep, String name, Instant intendedAt, Instant begunAfter) {
    return sweep.history(intendedAt.minus(CLOCK_SKEW), begunAfter).stream()
        .filter(cluster -> name.equals(cluster.name()))
        .sorted(
            Comparator.comparing(
                    ClusterSummary::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(ClusterSummary::id))
        .toList();
  }

  /** All of an object that were created since a time, the latest attempt first. */
  static List<ClusterSummary> ofObject(
      ClusterSweep sweep,
      String installation,
      FinancialAnalysis object,
      Instant since,
      Instant asOf) {
    return sweep.history(since.minus(CLOCK_SKEW), asOf).stream()
        .filter(cluster -> isOf(object, installation, cluster))
        .sorted(
            Comparator.comparing((ClusterSummary c) -> number(installation, c))
                .reversed()
                .thenComparing(
                    ClusterSummary::createdAt, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }

  /** True for a cluster of the object, whichever attempt it was made for. */
  static boolean isOf(FinancialAnalysis object, String installation, ClusterSummary cluster) {
    return AttemptName.of(installation, cluster.name())
        .filter(name -> name.isOf(object))
        .isPresent();
  }

  /** Number of the attempt that a cluster of ours was made for. */
  static int number(String installation, ClusterSummary cluster) {
    return AttemptName.of(installation, cluster.name()).orElseThrow().number();
  }

  /**
   * Asks EMR to end those that aren't ending already.
   *
   * @return true when there was none
   */
  static boolean terminateLive(EmrService emr, List<ClusterSummary> clusters) {
    List<String> live =
        clusters.stream()
            .filter(cluster -> !cluster.knownState().isLeaving())
            .map(ClusterSummary::id)
            .toList();
    if (!live.isEmpty()) {
      emr.terminateJobFlows(live);
    }
    return live.isEmpty();
  }
}
