package dev.emroperator.finance.bench.operator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Objects come, run for up to a minute and are deleted, for long. */
final class Soak {

  private static final double ARRIVALS_PER_SECOND = 0.25;
  private static final Duration SAMPLE = Duration.ofSeconds(5);

  /** Connections to servers come and go; what leaks grows beyond that. */
  private static final int NO_LEAK = 10;

  private Soak() {}

  static Measured measure(Options options) {
    Duration length = Duration.ofMinutes(options.either(20, 3));
    Random random = new Random(13);
    try (Stage stage = new Stage("on", Duration.ofSeconds(10))) {
      stage.steps().last(() -> Duration.ofMillis((long) (random.nextDouble() * 60_000)));
      Operator operator = stage.startOperator(1);
      List<Usage> samples = new ArrayList<>();
      long end = System.nanoTime() + length.toNanos();
      try (Arrivals arrivals = new Arrivals(stage, random, ARRIVALS_PER_SECOND)) {
        while (System.nanoTime() < end) {
          stage.deleteEnded();
          Stage.pass(SAMPLE);
          samples.add(operator.usage());
        }
      }
      return stage.measured(rows(stage, operator, samples));
    }
  }

  private static List<Row> rows(Stage stage, Operator operator, List<Usage> samples) {
    List<Usage> warm = samples.subList(samples.size() / 3, samples.size());
    Usage first = warm.get(0);
    Usage last = warm.get(warm.size() - 1);
    List<Row> rows = new ArrayList<>();
    rows.add(Row.told("length", last.secondsSince(samples.get(0)) / 60, "min"));
    rows.add(Row.told("clusters", stage.emr().lives().size(), ""));
    rows.add(Row.told("resident memory grows by", slope(warm, Usage::residentMiB), "MiB/h"));
    rows.add(Row.told("heap after a collection, first third", operator.heap(0), "MiB"));
    rows.add(Row.told("heap after a collection, last third", operator.heap(2), "MiB"));
    rows.add(
        Row.atMost(
            NO_LEAK, "more threads than after a third", last.threads() - first.threads(), ""));
    rows.add(
        Row.atMost(
            NO_LEAK,
            "more files and connections than after a third",
            last.files() - first.files(),
            ""));
    rows.add(Row.told("operator's CPU", last.percentSince(first), "% of a core"));
    rows.add(Row.exactly(0, "calls throttled", Resident.throttled(stage, 0, Long.MAX_VALUE), ""));
    rows.addAll(operator.memory());
    return rows;
  }

  /** Of the line that is nearest to all samples, for an hour. */
  private static double slope(List<Usage> samples, ToDoubleFunction<Usage> value) {
    double meanAt = samples.stream().mapToDouble(Usage::at).average().orElse(0);
    double mean = samples.stream().mapToDouble(value).average().orElse(0);
    double both = 0;
    double squares = 0;
    for (Usage sample : samples) {
      both += (sample.at() - meanAt) * (value.applyAsDouble(sample) - mean);
      squares += (sample.at() - meanAt) * (sample.at() - meanAt);
    }
    return both / squares * TimeUnit.HOURS.toMillis(1);
  }
}
