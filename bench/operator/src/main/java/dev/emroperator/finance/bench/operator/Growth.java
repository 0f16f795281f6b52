package dev.emroperator.finance.bench.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a new object costs, and how much memory there is, with more and more finished ones. */
final class Growth {

  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final int REGIONS = 20;
  private static final int WARM_UP = 50;

  /** Flat, but for what one measurement differs from another. */
  private static final double FLAT = 1.25;

  private record Point(double readySeconds, double cpuSeconds, double residentMiB) {}

  private Growth() {}

  static Measured measure(Options options) {
    List<Integer> sizes =
        options.isShort() ? List.of(100, 200, 400) : List.of(500, 1000, 2500, 5000, 10_000);
    Map<Integer, Point> points = new TreeMap<>();
    try (Stage stage = new Stage("off", Duration.ofSeconds(2))) {
      Copies copies = Copies.of(stage, Duration.ofHours(1));
      stage.steps().last(() -> Duration.ZERO);
      int made = 0;
      for (int size : sizes) {
        copies.addFinished("finished-" + size, size - made);
        made = size;
        points.put(size, point(stage, "new-" + size, options.either(150, 50)));
        Bench.tell(size + " finished objects: " + points.get(size));
      }
      write(points, options.json().resolveSibling("growth.svg"));
      return stage.measured(rows(points));
    }
  }

  private static Point point(Stage stage, String name, int count) {
    Operator operator = stage.startOperator(REGIONS);
    double ready = (System.currentTimeMillis() - operator.begun()) / 1000.0;
    go(stage, name + "-warm", WARM_UP);
    Usage before = operator.usage();
    go(stage, name, count);
    Usage after = operator.usage();
    operator.end();
    return new Point(ready, after.cpuSince(before) / count, after.residentMiB());
  }

  /** Takes objects the whole way. */
  private static void go(Stage stage, String name, int count) {
    long before = stage.seen().ended();
    Crew.work(count, i -> Intake.create(stage, name + "-" + i, i, REGIONS));
    Stage.await("the end of all", LONGEST, () -> stage.seen().ended() == before + count);
  }

  private static List<Row> rows(Map<Integer, Point> points) {
    List<Row> rows = new ArrayList<>();
    points.forEach(
        (size, point) -> {
          String with = " with " + size + " finished objects";
          rows.add(Row.told("start until ready" + with, point.readySeconds(), "s"));
          rows.add(Row.told("CPU of a new object" + with, point.cpuSeconds(), "s"));
          rows.add(Row.told("resident memory" + with, point.residentMiB(), "MiB"));
        });
    List<Point> all = List.copyOf(points.values());
    Point first = all.get(0);
    Point last = all.get(all.size() - 1);
    rows.add(
        Row.atMost(
            FLAT,
            "CPU of a new object, with the most objects ÷ with the fewest",
            last.cpuSeconds() / first.cpuSeconds(),
            ""));
    return rows;
  }

  private static void write(Map<Integer, Point> points, Path file) {
    Map<Integer, Double> cpu = new TreeMap<>();
    Map<Integer, Double> memory = new TreeMap<>();
    points.forEach(
        (size, point) -> {
          cpu.put(size, 1000 * point.cpuSeconds());
          memory.put(size, point.residentMiB());
        });
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          Plot.of(
              "finished objects", Map.of("CPU of a new object, ms", cpu, "resident, MiB", memory)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
