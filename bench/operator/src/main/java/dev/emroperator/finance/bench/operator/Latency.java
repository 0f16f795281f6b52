package dev.emroperator.finance.bench.operator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/** From the creation of an object to its RunJobFlow, with EMR's quotas. */
final class Latency {

  private static final double ARRIVALS_PER_SECOND = 0.25;
  private static final Duration LONGEST = Duration.ofMinutes(6);
  private static final String OTHER = "other";

  /**
   * Seconds before each single object: the crowd has just come, and then it has long been there. A
   * token comes back in 2.5 s, and whoever comes after a multiple of that finds the next one.
   */
  private static final List<Integer> PAUSES = List.of(0, 11, 20);

  private Latency() {}

  /** Objects come one by one, at half the rate that EMR allows. */
  static Measured measure(Options options) {
    int count = options.either(60, 10);
    LongSupplier pauses = Arrivals.atRandom(new Random(11), ARRIVALS_PER_SECOND);
    try (Stage stage = new Stage("on", Duration.ofSeconds(20))) {
      Operator operator = ready(stage);
      Map<String, Long> created = new HashMap<>();
      for (int i = 0; i < count; i++) {
        String name = "a" + i;
        created.put(name, System.currentTimeMillis());
        Intake.create(stage, name, 0, 1);
        Stage.pass(Duration.ofMillis(pauses.getAsLong()));
      }
      Stage.await(
          "all RunJobFlow", LONGEST, () -> asked(stage).keySet().containsAll(created.keySet()));
      Map<String, Long> asked = asked(stage);
      Delays delays =
          new Delays(
              created.keySet().stream()
                  .map(name -> Math.max(0, asked.get(name) - created.get(name)) / 1000.0)
                  .toList());
      List<Row> rows = new ArrayList<>();
      rows.add(Row.told("objects, one in four seconds on average", count, ""));
      rows.add(Row.told("creation → RunJobFlow, median", delays.percentile(50), "s"));
      rows.add(Row.atMost(2, "the same, p99", delays.percentile(99), "s"));
      rows.add(Row.exactly(0, "calls throttled", Resident.throttled(stage, 0, Long.MAX_VALUE), ""));
      rows.addAll(operator.memory());
      return stage.measured(rows);
    }
  }

  /** A crowd of one namespace waits for tokens, and another creates single objects meanwhile. */
  static Measured fairness(Options options) {
    int crowd = options.either(1000, 40);
    try (Stage stage = new Stage("on", Duration.ofSeconds(20))) {
      ready(stage);
      Crew.work(crowd, i -> Intake.create(stage, "crowd-" + i, 0, 1));
      Map<String, Long> created = new LinkedHashMap<>();
      for (int pause : PAUSES) {
        Stage.pass(Duration.ofSeconds(pause));
        String name = "single-" + created.size();
        created.put(name, System.currentTimeMillis());
        stage.object(Analyses.of(OTHER, name, "r1")).create();
      }
      Stage.await(
          "the single objects", LONGEST, () -> asked(stage).keySet().containsAll(created.keySet()));
      return stage.measured(fairness(crowd, created, asked(stage)));
    }
  }

  private static List<Row> fairness(int crowd, Map<String, Long> created, Map<String, Long> asked) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.told("objects of the other namespace", crowd, ""));
    int after = 0;
    List<Double> delays = new ArrayList<>();
    for (Map.Entry<String, Long> single : created.entrySet()) {
      after += PAUSES.get(delays.size());
      double delay = (asked.get(single.getKey()) - single.getValue()) / 1000.0;
      delays.add(delay);
      rows.add(Row.told("delay of an object %d s after these".formatted(after), delay, "s"));
    }
    rows.add(Row.atMost(10, "the longest delay", new Delays(delays).percentile(100), "s"));
    long last = created.keySet().stream().mapToLong(asked::get).max().orElseThrow();
    long before =
        asked.entrySet().stream()
            .filter(cluster -> cluster.getKey().startsWith("crowd-") && cluster.getValue() <= last)
            .count();
    rows.add(
        Row.atLeast(1, "of the other namespace, still waiting after them all", crowd - before, ""));
    return rows;
  }

  /** Its first object has been through, so that the job is in S3. */
  private static Operator ready(Stage stage) {
    Operator operator = stage.startOperator(1);
    Intake.create(stage, "first", 0, 1);
    Stage.await("the end of the first object", LONGEST, () -> stage.seen().ended() == 1);
    return operator;
  }

  /** When EMR was first asked for the cluster of an object, by its name. */
  private static Map<String, Long> asked(Stage stage) {
    Map<String, Long> asked = new HashMap<>();
    stage.asked(0).forEach((cluster, at) -> asked.put(cluster.split("/")[2], at));
    return asked;
  }
}
