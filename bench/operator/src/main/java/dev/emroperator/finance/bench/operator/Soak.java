package dev.emroperator.finance.bench.operator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** A mixture of objects comes, runs for up to a minute and is deleted, for long. */
final class Soak {

  private static final double ARRIVALS_PER_SECOND = 0.25;
  private static final Duration SAMPLE = Duration.ofSeconds(5);

  /** Connections to servers come and go; what leaks grows beyond that. */
  private static final int NO_LEAK = 10;

  /** Of those that are expected to come; they come at random. */
  private static final double ENOUGH = 0.7;

  /** What objects in flight hold differs from one moment to another. */
  private static final double FLAT_MIB = 5;

  private Soak() {}

  static Measured measure(Options options) {
    Duration length = Duration.ofMinutes(options.either(20, 3));
    // With as many the operator keeps up, and of the few that come in a short time most are gone.
    int inFlight = options.either(40, 20);
    Random random = new Random(13);
    Random comes = new Random(17);
    try (Stage stage = new Stage("on", Duration.ofSeconds(10))) {
      stage.steps().last(() -> Duration.ofMillis((long) (random.nextDouble() * 60_000)));
      Operator operator = stage.startOperator(1);
      List<Usage> samples = new ArrayList<>();
      Mixture mixture = new Mixture(stage);
      List<Row> rows = new ArrayList<>();
      long begun = System.nanoTime();
      double afterThird;
      try (Arrivals arrivals =
          new Arrivals(Arrivals.atRandom(comes, ARRIVALS_PER_SECOND), mixture::create)) {
        sample(mixture, operator, samples, begun + length.toNanos() / 3);
        afterThird = operator.liveHeap();
        sample(mixture, operator, samples, begun + length.toNanos());
        int came = arrivals.came();
        double expected = ARRIVALS_PER_SECOND * length.toSeconds();
        rows.add(Row.atLeast(ENOUGH * expected, "objects that came", came, ""));
        rows.add(
            Row.atLeast(
                came - inFlight, "of these ended and gone", came - stage.seen().count(), ""));
      }
      rows.addAll(mixture.rows());
      rows.addAll(rows(stage, samples));
      rows.addAll(operator.memory());
      rows.add(Row.told("heap that is in use after a third", afterThird, "MiB"));
      rows.add(
          Row.atMost(
              FLAT_MIB, "heap in use in the end, more", operator.liveHeap() - afterThird, "MiB"));
      return stage.measured(rows);
    }
  }

  private static void sample(Mixture mixture, Operator operator, List<Usage> samples, long until) {
    while (System.nanoTime() < until) {
      mixture.turn();
      Stage.pass(SAMPLE);
      samples.add(operator.usage());
    }
  }

  private static List<Row> rows(Stage stage, List<Usage> samples) {
    List<Usage> warm = samples.subList(samples.size() / 3, samples.size());
    Usage first = warm.get(0);
    Usage last = warm.get(warm.size() - 1);
    List<Row> rows = new ArrayList<>();
    rows.add(Row.told("length", last.secondsSince(samples.get(0)) / 60, "min"));
    rows.add(Row.told("clusters", stage.emr().lives().size(), ""));
    // Within its bound a heap grows by what nobody has collected yet.
    rows.add(
        Row.told(
            "resident memory grows after a third by", slope(warm, Usage::residentMiB), "MiB/h"));
    rows.add(Row.told("threads grow by", slope(warm, Usage::threads), "/h"));
    rows.add(Row.told("files and connections grow by", slope(warm, Usage::files), "/h"));
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
