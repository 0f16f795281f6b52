package dev.emroperator.finance.bench.operator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** What objects cost that are only there: most have finished, some are running. */
final class Resident {

  /** The scheduled checks of a JVM that has just started are over by then. */
  private static final Duration WARM_UP = Duration.ofSeconds(40);

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final long BEGINNING = 10_000;

  private Resident() {}

  static Measured measure(Options options) {
    int finished = options.either(5000, 300);
    int running = options.either(500, 50);
    Duration window = Duration.ofSeconds(options.either(60, 20));
    try (Stage stage = new Stage("on", Duration.ofSeconds(2))) {
      Copies copies = Copies.of(stage, Duration.ofMinutes(50));
      copies.addFinished("finished", finished);
      List<Row> rows = new ArrayList<>();
      rows.add(Row.told("finished objects", finished, ""));
      Operator idle = stage.startOperator(1);
      rows.add(Row.told("start until ready", seconds(idle.begun()), "s"));
      Stage.pass(WARM_UP);
      rows.addAll(window(stage, idle, window, 3, "with none that runs"));
      idle.end();
      Random random = new Random(5);
      stage.steps().last(() -> Duration.ofSeconds(1800 + random.nextInt(3600)));
      copies.addRunning("running", running);
      rows.add(Row.told("objects that run", running, ""));
      Stage.pass(Duration.ofSeconds(20));
      Operator busy = stage.startOperator(1);
      rows.add(Row.told("restart until ready", seconds(busy.begun()), "s"));
      rows.addAll(restarted(stage, busy));
      Stage.pass(WARM_UP);
      rows.addAll(window(stage, busy, window, 15, "with " + running + " that run"));
      rows.addAll(busy.memory());
      return stage.measured(rows);
    }
  }

  private static double seconds(long since) {
    return (System.currentTimeMillis() - since) / 1000.0;
  }

  /** The first second in which users see something new, and what the start asks of others. */
  private static List<Row> restarted(Stage stage, Operator operator) {
    Stage.await(
        "the first status after the restart",
        LONGEST,
        () -> stage.seen().firstAfter(operator.begun()).isPresent());
    double first =
        (stage.seen().firstAfter(operator.begun()).orElseThrow() - operator.begun()) / 1000.0;
    long until = operator.begun() + (long) (first * 1000) + BEGINNING;
    Stage.await("ten seconds", LONGEST, () -> System.currentTimeMillis() >= until);
    List<Calls.Request> s3 = stage.calls().s3(operator.begun(), until);
    long look = s3.stream().mapToLong(Calls.Request::at).min().orElse(until);
    return List.of(
        Row.told(
            "restart until the first look at a progress", (look - operator.begun()) / 1000.0, "s"),
        Row.atMost(15, "restart until the first status written", first, "s"),
        Row.told(
            "calls of EMR in the ten seconds after it",
            stage.emrCalls(operator.begun(), until).size(),
            ""),
        Row.exactly(0, "of these throttled", throttled(stage, operator.begun(), until), ""),
        Row.told("requests of S3 in that time", s3.size(), ""),
        Row.told("most requests of S3 in one second", mostInOneSecond(s3), ""));
  }

  static long throttled(Stage stage, long from, long to) {
    return stage.emrCalls(from, to).stream()
        .filter(call -> call.outcome().contains("Throttling"))
        .count();
  }

  private static long mostInOneSecond(List<Calls.Request> requests) {
    return requests.stream()
        .collect(Collectors.groupingBy(call -> call.at() / 1000, Collectors.counting()))
        .values()
        .stream()
        .mapToLong(n -> n)
        .max()
        .orElse(0);
  }

  private static List<Row> window(
      Stage stage, Operator operator, Duration length, double percent, String how) {
    Usage before = operator.usage();
    Stage.pass(length);
    Usage after = operator.usage();
    double seconds = after.secondsSince(before);
    Requests requests = stage.requests(before.at(), after.at());
    return List.of(
        Row.atMost(percent, "CPU " + how, after.percentSince(before), "% of a core"),
        Row.atMost(512, "resident memory " + how, after.residentMiB(), "MiB"),
        Row.told(
            "calls of EMR " + how, stage.emrCalls(before.at(), after.at()).size() / seconds, "/s"),
        Row.told(
            "requests of S3 " + how,
            stage.calls().s3(before.at(), after.at()).size() / seconds,
            "/s"),
        Row.told("requests of the API server " + how, requests.all().size() / seconds, "/s"));
  }
}
