package dev.emroperator.finance.bench.operator;

import java.time.Duration;
import java.util.List;

/**
 * A time in which an operator is looked at.
 *
 * @param clustersBefore by EMR's own count
 * @param clustersAfter by the same
 */
record Window(Usage before, Usage after, long clustersBefore, long clustersAfter) {

  /** Fewer would be another measurement. */
  private static final double ENOUGH = 0.98;

  /** Lets it pass. */
  static Window of(Stage stage, Operator operator, Duration length) {
    long clustersBefore = stage.clusters();
    Usage before = operator.usage();
    Stage.pass(length);
    Usage after = operator.usage();
    return new Window(before, after, clustersBefore, stage.clusters());
  }

  long from() {
    return before.at();
  }

  long to() {
    return after.at();
  }

  double seconds() {
    return after.secondsSince(before);
  }

  /** Of one core. */
  double cpuPercent() {
    return after.percentSince(before);
  }

  /** How many clusters there were, on average. */
  double clusters() {
    return (clustersBefore + clustersAfter) / 2.0;
  }

  /** Whether there were as many clusters as wanted; none means none. */
  List<Row> clusters(int wanted) {
    String from = "clusters when the window began";
    String to = "clusters when the window ended";
    return wanted == 0
        ? List.of(Row.exactly(0, from, clustersBefore, ""), Row.exactly(0, to, clustersAfter, ""))
        : List.of(
            Row.atLeast(ENOUGH * wanted, from, clustersBefore, ""),
            Row.atLeast(ENOUGH * wanted, to, clustersAfter, ""));
  }
}
