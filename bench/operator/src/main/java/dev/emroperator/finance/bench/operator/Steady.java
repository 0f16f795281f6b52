package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.localcloud.ClusterLife;
import dev.emroperator.finance.localcloud.EmrProcess.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * As many clusters as EMR allows, with its quotas: in each five seconds one ends, and one begins. A
 * cluster takes twenty seconds to start and ten to end.
 */
final class Steady {

  private static final Duration STARTING = Duration.ofSeconds(20);
  private static final Duration WARM_UP = Duration.ofSeconds(45);

  /** More than any lag that is allowed. */
  private static final Duration LOOK_ON = Duration.ofSeconds(65);

  /** The first one may end when the operator has started, which is when the first one comes. */
  private static final long NONE_ENDS = 30_000;

  /** Milliseconds in which one ends, and one comes. */
  private static final long SLOT = 5000;

  private Steady() {}

  static Measured measure(Options options) {
    int running = options.either(500, 50);
    Duration length = Duration.ofSeconds(options.either(150, 60));
    Random random = new Random(7);
    Duration longest = Duration.ofMillis(running * SLOT + NONE_ENDS);
    try (Stage stage = new Stage("on", STARTING)) {
      Copies copies = Copies.of(stage, longest);
      stage.steps().last(ends(random));
      copies.addRunning("running", running);
      stage.steps().last(() -> longest);
      Operator operator = stage.startOperator(1);
      try (Arrivals arrivals =
          new Arrivals(
              Arrivals.inSlots(random, SLOT),
              number -> Intake.create(stage, "new-" + number, 0, 1))) {
        Stage.pass(WARM_UP);
        Window window = Window.of(stage, operator, length);
        Stage.pass(LOOK_ON);
        List<Row> rows = new ArrayList<>(window.clusters(running));
        rows.add(Row.told("objects that came", arrivals.came(), ""));
        rows.addAll(rows(stage, window, options.either(100, 20)));
        rows.addAll(operator.memory());
        return stage.measured(rows);
      }
    }
  }

  /**
   * How long each of those works that are there from the beginning; steps begin on many threads.
   */
  private static Supplier<Duration> ends(Random random) {
    LongSupplier pauses = Arrivals.inSlots(random, SLOT);
    long[] end = {NONE_ENDS};
    return () -> {
      synchronized (end) {
        end[0] += pauses.getAsLong();
        return Duration.ofMillis(end[0]);
      }
    };
  }

  /**
   * What was seen.
   *
   * @param changes of clusters that have to be seen at least, for a percentile to mean something
   */
  private static List<Row> rows(Stage stage, Window window, int changes) {
    double seconds = window.seconds();
    List<ClusterLife> lives = stage.emr().lives();
    Lag lag = new Lag(stage.seen()::of, window.from(), window.to());
    Map<String, Delays> byState = lag.ofStates(lives);
    Delays states = Delays.all(byState.values());
    Delays progress = lag.ofProgress(stage.steps().written(), lives);
    long throttled = Resident.throttled(stage, window.from(), window.to());
    Requests requests = stage.requests(window.from(), window.to());
    List<Row> rows = new ArrayList<>();
    rows.add(Row.atLeast(changes, "changes of clusters", states.count(), ""));
    rows.add(Row.atMost(30, "lag of their state in status, p95", states.percentile(95), "s"));
    rows.add(Row.atMost(60, "the same, p99", states.percentile(99), "s"));
    byState.forEach(
        (state, delays) ->
            rows.add(
                Row.told(
                    "of %d that became %s, median".formatted(delays.count(), state),
                    delays.percentile(50),
                    "s")));
    rows.add(Row.atLeast(changes, "changes of progress", progress.count(), ""));
    rows.add(Row.atMost(30, "lag of progress in status, p95", progress.percentile(95), "s"));
    List<Call> calls = stage.emrCalls(window.from(), window.to());
    rows.add(Row.atMost(1, "calls of EMR", calls.size() / seconds, "/s"));
    Totals.counted(calls, Call::operation)
        .forEach((name, count) -> rows.add(Row.told("of these " + name, count, "")));
    rows.add(Row.exactly(0, "of these throttled", throttled, ""));
    rows.add(
        Row.told(
            "requests of S3",
            stage.calls().s3(window.from(), window.to()).size() / seconds * 60 / window.clusters(),
            "/object and minute"));
    double writes =
        requests.count(r -> r.isWrite() && r.isOfObject()) / seconds * 15 / window.clusters();
    rows.add(Row.atMost(1, "writes to the API server", writes, "/object in 15 s"));
    rows.add(Row.told("operator's CPU", window.cpuPercent(), "% of a core"));
    return rows;
  }
}
