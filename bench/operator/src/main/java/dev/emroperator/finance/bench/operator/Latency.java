package dev.emroperator.finance.bench.operator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/** From the creation of an object to its RunJobFlow, with EMR's quotas. */
final class Latency {

  private static final double ARRIVALS_PER_SECOND = 0.25;
  private static final Duration LONGEST = Duration.ofMinutes(6);
  private static final String OTHER = "other";

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

  /** One namespace has used up the tokens and waits for more, when another creates one object. */
  static Measured fairness(Options options) {
    int crowd = options.either(1000, 25);
    try (Stage stage = new Stage("on", Duration.ofSeconds(20))) {
      ready(stage);
      Crew.work(crowd, i -> Intake.create(stage, "crowd-" + i, 0, 1));
      Stage.await("the burst", LONGEST, () -> asked(stage).size() >= 10);
      stage.object(Analyses.of(OTHER, "single", "r1")).create();
      long created = System.currentTimeMillis();
      Stage.await("the single object", LONGEST, () -> asked(stage).containsKey("single"));
      double delay = (asked(stage).get("single") - created) / 1000.0;
      long before = asked(stage).values().stream().filter(at -> at > created).count() - 1;
      return stage.measured(
          List.of(
              Row.told("objects of the other namespace that waited", crowd, ""),
              Row.atMost(10, "delay of the single object", delay, "s"),
              Row.told("objects of the other namespace that went before it", before, "")));
    }
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
