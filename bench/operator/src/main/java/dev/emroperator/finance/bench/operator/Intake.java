package dev.emroperator.finance.bench.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Objects that are created at once, and go the whole way. EMR has no quotas here, but the operator
 * keeps to them by itself; so the objects are spread over many regions, each with its own.
 */
final class Intake {

  private static final Duration LONGEST = Duration.ofMinutes(6);

  /** A burst of ten and one in two seconds each: more than is asked for, and few clients of AWS. */
  private static final int OBJECTS_OF_A_REGION = 40;

  private Intake() {}

  static Measured measure(Options options) {
    int count = options.intake() > 0 ? options.intake() : options.either(3000, 200);
    int regions = Math.max(20, count / OBJECTS_OF_A_REGION);
    // The steps of the first clusters begin when the last was asked for, if that goes as it should.
    try (Stage stage = new Stage("off", Duration.ofSeconds(count > 1000 ? 120 : 20))) {
      double floor = writesPerSecond(stage, options.either(2000, 200));
      Operator operator = stage.startOperator(regions);
      // The job goes to S3 once, and the classes of the way are loaded.
      create(stage, "first", 0, regions);
      Stage.await("the first cluster", LONGEST, () -> stage.asked(0).size() == 1);
      Usage before = operator.usage();
      double accepted = Crew.work(count, i -> create(stage, "a" + i, i, regions));
      Bench.tell("%d objects accepted in %.1f s".formatted(count, accepted));
      Stage.comes("all RunJobFlow", LONGEST, () -> stage.asked(before.at()).size() >= count);
      Usage allAsked = operator.usage();
      Map<String, Long> asked = stage.asked(before.at());
      long last = asked.values().stream().mapToLong(at -> at).max().orElseThrow();
      double seconds = (last - before.at()) / 1000.0;
      Requests intake = stage.requests(before.at(), last);
      Bench.tell("%d clusters asked for in %.1f s".formatted(asked.size(), seconds));
      Stage.comes("the end of all", LONGEST, () -> stage.seen().ended() > count);
      Usage end = operator.usage();
      Requests all = stage.requests(before.at(), end.at());
      List<Row> rows = new ArrayList<>();
      rows.add(Row.told("objects", count, ""));
      rows.add(Row.exactly(count, "clusters asked for within six minutes", asked.size(), ""));
      rows.add(Row.told("until the API server had accepted all", accepted, "s"));
      rows.add(
          Row.atLeast(
              600, "accepted → RunJobFlow, objects a minute", 60.0 * asked.size() / seconds, ""));
      rows.add(
          Row.atMost(
              0.1,
              "operator's CPU until all were asked for",
              allAsked.cpuSince(before) / count,
              "s/object"));
      rows.add(
          Row.told("operator's CPU over the whole way", end.cpuSince(before) / count, "s/object"));
      rows.add(
          Row.atMost(
              8,
              "writes to the API server, whole way",
              (double) all.count(r -> r.isWrite() && r.isOfObject()) / count,
              "/object"));
      rows.add(
          Row.atMost(
              6, "Events", (double) all.count(r -> r.isWrite() && r.isEvent()) / count, "/object"));
      rows.add(
          Row.told(
              "reads of the API server", (double) all.count(r -> !r.isWrite()) / count, "/object"));
      rows.add(Row.told("writes that this API server takes, without an operator", floor, "/s"));
      rows.add(
          Row.told(
              "operator's writes while it asked, of these",
              100 * intake.count(Requests.Request::isWrite) / seconds / floor,
              "%"));
      rows.add(
          Row.told(
              "requests of S3",
              (double) stage.calls().s3(before.at(), end.at()).size() / count,
              "/object"));
      rows.add(
          Row.exactly(count + 1, "succeeded, of all that came", stage.seen().in("Succeeded"), ""));
      rows.add(Row.exactly(count + 1, "clusters", stage.emr().lives().size(), ""));
      rows.addAll(operator.memory());
      all.byVerb().forEach((verb, times) -> Bench.tell(verb + ": " + times));
      return stage.measured(rows);
    }
  }

  static void create(Stage stage, String name, int number, int regions) {
    stage
        .object(Analyses.of(Analyses.NAMESPACE, name, Analyses.environment(number, regions)))
        .create();
  }

  /** How often a status can be patched here, by as many threads as the operator has. */
  private static double writesPerSecond(Stage stage, int writes) {
    int objects = 50;
    List<GenericKubernetesResource> own = new ArrayList<>();
    for (int i = 0; i < objects; i++) {
      own.add(stage.object(Analyses.of("other", "floor-" + i, "r1")).create());
    }
    double seconds =
        Crew.work(
            writes,
            i ->
                stage
                    .object(own.get(i % objects))
                    .subresource("status")
                    .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"message\": \"write %d\"}}".formatted(i)));
    own.forEach(object -> stage.object(object).delete());
    Stage.await("an empty namespace", LONGEST, () -> stage.seen().count() == 0);
    return writes / seconds;
  }
}
