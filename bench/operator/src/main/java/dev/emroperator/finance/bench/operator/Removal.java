package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.localcloud.ClusterLife;
import dev.emroperator.finance.localcloud.EmrProcess.Call;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Objects that are deleted all at once, by one request. */
final class Removal {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration SETTLED = Duration.ofSeconds(25);
  private static final String TERMINATE = "TerminateJobFlows";

  /** Of EMR's quotas, by default. */
  private static final double API_SHARE = 0.8;

  /** TerminateJobFlows takes ten ids; EMR allows ten calls at once and then one in two seconds. */
  private static final int BATCH = 10;

  private static final double BURST = API_SHARE * 10;
  private static final double PER_SECOND = API_SHARE * 0.5;

  /** Several sweeps see a cluster end, as with EMR. */
  private static final Duration TERMINATING = Duration.ofSeconds(30);

  private Removal() {}

  static Measured measure(Options options) {
    int finished = options.either(1000, 100);
    int running = options.either(500, 120);
    try (Stage stage = new Stage("on", Duration.ofSeconds(2), TERMINATING)) {
      Copies copies = Copies.of(stage, Duration.ofHours(1));
      copies.addFinished("finished", finished);
      Operator first = stage.startOperator(1);
      Stage.pass(SETTLED);
      long succeeded = stage.seen().in("Succeeded");
      double all = delete(stage);
      first.end();
      copies.addRunning("running", running);
      Operator second = stage.startOperator(1);
      Stage.pass(SETTLED);
      long clusters = stage.clusters();
      long asked = System.currentTimeMillis();
      double gone = delete(stage);
      double terminated = lastAsked(stage) - asked / 1000.0;
      double batches = Math.ceil((double) running / BATCH);
      double allowed = Math.max(0, batches - BURST) / PER_SECOND;
      List<Call> calls = stage.emrCalls(asked, Long.MAX_VALUE);
      return stage.measured(
          List.of(
              Row.atLeast(finished, "finished objects", succeeded, ""),
              Row.atMost(30, "deletion → all gone", all, "s"),
              Row.atLeast(running, "clusters of objects that run", clusters, ""),
              Row.told("what its share of the quota of TerminateJobFlows allows", allowed, "s"),
              Row.atMost(
                  // No look at the clusters comes sooner than that of the sweep.
                  Math.max(10, 1.2 * allowed),
                  "deletion → the end of the last cluster asked for",
                  terminated,
                  "s"),
              Row.told("deletion → all gone", gone, "s"),
              Row.exactly(0, "objects left after five minutes", stage.seen().count(), ""),
              Row.exactly(0, "clusters left", stage.clusters(), ""),
              Row.atMost(batches, "calls of DescribeCluster", count(calls, "DescribeCluster"), ""),
              Row.atLeast(batches, "calls of TerminateJobFlows", count(calls, TERMINATE), ""),
              Row.atMost(1.2 * batches, "the same", count(calls, TERMINATE), ""),
              Row.exactly(
                  0, "calls throttled", Resident.throttled(stage, asked, Long.MAX_VALUE), ""),
              Row.told("operator's CPU", second.usage().cpuSeconds(), "s")));
    }
  }

  /** Seconds until none is left, or those that were waited. */
  private static double delete(Stage stage) {
    long begun = System.nanoTime();
    stage.deleteAll();
    Stage.comes("the end of all objects", LONGEST, () -> stage.seen().count() == 0);
    return (System.nanoTime() - begun) / 1e9;
  }

  private static long count(List<Call> calls, String operation) {
    return calls.stream().filter(call -> call.operation().equals(operation)).count();
  }

  private static double lastAsked(Stage stage) {
    return stage.emr().lives().stream()
            .map(ClusterLife::asked)
            .filter(Objects::nonNull)
            .mapToLong(at -> at)
            .max()
            .orElseThrow()
        / 1000.0;
  }
}
