package dev.emroperator.finance.bench.operator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What objects cost that are only there: most have finished, some are running. */
final class Resident {

  /** The scheduled checks of a JVM that has just started are over by then. */
  private static final Duration WARM_UP = Duration.ofSeconds(40);

  /** A JVM compiles for longer what comes once in 15 seconds; an operator runs for weeks. */
  private static final int COMPILED_SECONDS = 180;

  /** One percent of the longest work, and a write of progress: each object has news by then. */
  private static final Duration NEWS = Duration.ofSeconds(60);

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final long BEGINNING = 10_000;

  /** A start may ask so many times as much of S3 in a second as is asked later. */
  private static final double HERD = 3;

  private Resident() {}

  static Measured measure(Options options) {
    int finished = options.either(5000, 300);
    int running = options.either(500, 50);
    Duration length = Duration.ofSeconds(options.either(60, 20));
    try (Stage stage = new Stage("on", Duration.ofSeconds(2))) {
      Copies copies = Copies.of(stage, Duration.ofMinutes(50));
      copies.addFinished("finished", finished);
      List<Row> rows = new ArrayList<>();
      Operator idle = stage.startOperator(1);
      rows.add(Row.told("start until ready", seconds(idle.begun()), "s"));
      Stage.pass(WARM_UP);
      rows.add(Row.atLeast(finished, "finished objects", stage.seen().in("Succeeded"), ""));
      Window without = Window.of(stage, idle, length);
      rows.addAll(without.clusters(0));
      rows.addAll(rows(stage, without, 3, "with none that runs"));
      idle.end();
      Random random = new Random(5);
      stage.steps().last(() -> Duration.ofSeconds(1800 + random.nextInt(3600)));
      copies.addRunning("running", running);
      Stage.pass(NEWS);
      Operator busy = stage.startOperator(1);
      rows.add(Row.told("restart until ready", seconds(busy.begun()), "s"));
      long looksUntil = restarted(stage, busy, rows);
      Stage.pass(WARM_UP);
      Window young = Window.of(stage, busy, length);
      rows.add(
          Row.told(
              "CPU of the second minute after the restart", young.cpuPercent(), "% of a core"));
      Stage.pass(Duration.ofSeconds(options.either(COMPILED_SECONDS, 0)));
      Window with = Window.of(stage, busy, length);
      rows.addAll(with.clusters(running));
      rows.add(herd(stage, busy, looksUntil, with));
      rows.addAll(rows(stage, with, 15, "with %.0f that run".formatted(with.clusters())));
      rows.addAll(busy.memory());
      return stage.measured(rows);
    }
  }

  private static double seconds(long since) {
    return (System.currentTimeMillis() - since) / 1000.0;
  }

  /**
   * The first second in which users see something new, and what the start asks of others.
   *
   * @return until when that was counted, epoch milliseconds
   */
  private static long restarted(Stage stage, Operator operator, List<Row> rows) {
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
    rows.add(
        Row.told(
            "restart until the first look at a progress", (look - operator.begun()) / 1000.0, "s"));
    rows.add(Row.atMost(15, "restart until the first status written", first, "s"));
    rows.add(
        Row.told(
            "calls of EMR until ten seconds after it",
            stage.emrCalls(operator.begun(), until).size(),
            ""));
    rows.add(Row.exactly(0, "of these throttled", throttled(stage, operator.begun(), until), ""));
    rows.add(Row.told("requests of S3 in that time", s3.size(), ""));
    rows.add(Row.told("most requests of S3 in one second", mostInOneSecond(s3), ""));
    return until;
  }

  /** Nothing of S3 at all, neither then nor later, is no number. */
  private static Row herd(Stage stage, Operator operator, long until, Window later) {
    double perSecond = stage.calls().s3(later.from(), later.to()).size() / later.seconds();
    int most = mostInOneSecond(stage.calls().s3(operator.begun(), until));
    return Row.atMost(
        HERD,
        "most requests of S3 in one second after the restart ÷ those later",
        most / perSecond,
        "");
  }

  static long throttled(Stage stage, long from, long to) {
    return stage.emrCalls(from, to).stream()
        .filter(call -> call.outcome().contains("Throttling"))
        .count();
  }

  /** In any second, whenever it begins. */
  static int mostInOneSecond(List<Calls.Request> requests) {
    long[] at = requests.stream().mapToLong(Calls.Request::at).sorted().toArray();
    int most = 0;
    int first = 0;
    for (int last = 0; last < at.length; last++) {
      while (at[last] - at[first] >= 1000) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private static List<Row> rows(Stage stage, Window window, double percent, String how) {
    double seconds = window.seconds();
    Requests requests = stage.requests(window.from(), window.to());
    return List.of(
        Row.atMost(percent, "CPU " + how, window.cpuPercent(), "% of a core"),
        Row.atMost(512, "resident memory " + how, window.after().residentMiB(), "MiB"),
        Row.told(
            "calls of EMR " + how,
            stage.emrCalls(window.from(), window.to()).size() / seconds,
            "/s"),
        Row.told(
            "requests of S3 " + how,
            stage.calls().s3(window.from(), window.to()).size() / seconds,
            "/s"),
        Row.told("requests of the API server " + how, requests.all().size() / seconds, "/s"));
  }
}
