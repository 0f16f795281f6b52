package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.localcloud.ClusterLife;
import dev.emroperator.finance.localcloud.EmrProcess.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * As many clusters as EMR allows, with its quotas: some end, and as many begin. A cluster takes
 * twenty seconds to start and ten to end.
 */
final class Steady {

  private static final Duration STARTING = Duration.ofSeconds(20);
  private static final Duration WARM_UP = Duration.ofSeconds(45);

  /** More than any lag that is allowed. */
  private static final Duration LOOK_ON = Duration.ofSeconds(65);

  private static final double ARRIVALS_PER_SECOND = 0.2;

  private Steady() {}

  static Measured measure(Options options) {
    int running = options.either(500, 50);
    Duration window = Duration.ofSeconds(options.either(150, 60));
    Random random = new Random(7);
    long longest = (long) (running / ARRIVALS_PER_SECOND * 1000);
    try (Stage stage = new Stage("on", STARTING)) {
      Copies copies = Copies.of(stage, Duration.ofMillis(longest));
      stage.steps().last(() -> Duration.ofMillis((long) (random.nextDouble() * longest)));
      copies.addRunning("running", running);
      stage.steps().last(() -> Duration.ofMillis(longest));
      Operator operator = stage.startOperator(1);
      try (Arrivals arrivals = new Arrivals(stage, random, ARRIVALS_PER_SECOND)) {
        Stage.pass(WARM_UP);
        Usage before = operator.usage();
        Stage.pass(window);
        Usage after = operator.usage();
        Stage.pass(LOOK_ON);
        List<Row> rows = rows(stage, running, options.either(100, 20), before, after);
        rows.addAll(operator.memory());
        return stage.measured(rows);
      }
    }
  }

  /**
   * What was seen.
   *
   * @param changes of clusters that have to be seen at least, for a percentile to mean something
   */
  private static List<Row> rows(
      Stage stage, int running, int changes, Usage before, Usage after) {
    double seconds = after.secondsSince(before);
    List<ClusterLife> lives = stage.emr().lives();
    Lag lag = new Lag(stage.seen()::of, before.at(), after.at());
    Map<String, Delays> byState = lag.ofStates(lives);
    Delays states = Delays.all(byState.values());
    Delays progress = lag.ofProgress(stage.steps().written(), lives);
    long throttled = Resident.throttled(stage, before.at(), after.at());
    Requests requests = stage.requests(before.at(), after.at());
    List<Row> rows = new ArrayList<>();
    rows.add(Row.told("running clusters", running, ""));
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
    List<Call> calls = stage.emrCalls(before.at(), after.at());
    rows.add(Row.atMost(1, "calls of EMR", calls.size() / seconds, "/s"));
    calls.stream()
        .collect(Collectors.groupingBy(Call::operation, TreeMap::new, Collectors.counting()))
        .forEach((name, count) -> rows.add(Row.told("of these " + name, count, "")));
    rows.add(Row.exactly(0, "of these throttled", throttled, ""));
    rows.add(
        Row.told(
            "requests of S3",
            stage.calls().s3(before.at(), after.at()).size() / seconds * 60 / running,
            "/object and minute"));
    double writes = requests.count(r -> r.isWrite() && r.isOfObject()) / seconds * 15 / running;
    rows.add(Row.atMost(1, "writes to the API server", writes, "/object in 15 s"));
    rows.add(Row.atMost(15, "operator's CPU", after.percentSince(before), "% of a core"));
    return rows;
  }
}
