package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.localcloud.ClusterLife;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Objects that are deleted all at once, by one request. */
final class Removal {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration SETTLED = Duration.ofSeconds(25);

  /** TerminateJobFlows takes ten ids; EMR allows ten calls at once and then one in two seconds. */
  private static final int BATCH = 10;

  private static final double BURST = 10;
  private static final double PER_SECOND = 0.5;

  private Removal() {}

  static Measured measure(Options options) {
    int finished = options.either(1000, 100);
    int running = options.either(500, 120);
    try (Stage stage = new Stage("on", Duration.ofSeconds(2))) {
      Copies copies = Copies.of(stage, Duration.ofHours(1));
      copies.addFinished("finished", finished);
      Operator first = stage.startOperator(1);
      Stage.pass(SETTLED);
      double all = delete(stage);
      first.end();
      copies.addRunning("running", running);
      Operator second = stage.startOperator(1);
      Stage.pass(SETTLED);
      long asked = System.currentTimeMillis();
      double gone = delete(stage);
      double terminated = lastAsked(stage) - asked / 1000.0;
      double allowed = Math.max(0, Math.ceil((double) running / BATCH) - BURST) / PER_SECOND;
      return stage.measured(
          List.of(
              Row.told("finished objects", finished, ""),
              Row.atMost(30, "deletion → all gone", all, "s"),
              Row.told("objects that run", running, ""),
              Row.told("what the quota of TerminateJobFlows allows", allowed, "s"),
              Row.atMost(
                  // No look at the clusters comes sooner than that of the sweep.
                  Math.max(10, 1.2 * allowed),
                  "deletion → the end of the last cluster asked for",
                  terminated,
                  "s"),
              Row.told("deletion → all gone", gone, "s"),
              Row.exactly(0, "objects left after five minutes", stage.seen().count(), ""),
              Row.exactly(
                  0,
                  "clusters left",
                  stage.emr().lives().stream().filter(life -> life.terminating() == null).count(),
                  ""),
              Row.exactly(0, "calls throttled", Resident.throttled(stage, asked, Long.MAX_VALUE), ""),
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
