package dev.emroperator.finance.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Something that this job aims at, and how it was.
 *
 * @param measured not a number where a peer was left out
 * @param atLeast false where less is better
 */
record Goal(String what, double measured, double bound, boolean atLeast) {

  private static final ToDoubleFunction<Measured> CPU = Measured::cpuSeconds;
  private static final ToDoubleFunction<Measured> WALL = Measured::wallSeconds;

  private static final int DAYS_OF_10_GB = 690;
  private static final int MOST_MIB = 2048;

  /** Twice the rows take twice the time, but for what one measurement differs from another. */
  private static final double LINEAR = 1.1;

  boolean isMet() {
    return atLeast ? measured >= bound : measured <= bound;
  }

  /**
   * Those of a scenario at its usual size.
   *
   * @param days of minute bars
   * @param cases in their order
   */
  static List<Goal> of(Scenario scenario, int days, Map<String, Medians> cases) {
    Medians only = cases.values().iterator().next();
    return switch (scenario) {
      case DAILY -> daily(days >= DAYS_OF_10_GB, only);
      case SKEWED -> List.of(atLeast(2.2, "CPU of seed", only.timesOurs("seed", CPU)));
      case GROWTH -> growth(List.copyOf(cases.values()));
      case ROLLING ->
          List.of(
              atLeast(9, "CPU of tuned SQL", only.timesOurs("tuned SQL", CPU)),
              atLeast(9, "wall of tuned SQL", only.timesOurs("tuned SQL", WALL)),
              atLeast(0.5, "CPU of DuckDB", only.timesOurs("DuckDB", CPU)));
      case ASOF ->
          List.of(
              atLeast(1.3, "CPU of union and window", only.timesOurs("union and window", CPU)),
              atLeast(1.3, "wall of union and window", only.timesOurs("union and window", WALL)));
      case ALL ->
          List.of(
              atMost(0.6, "cold CPU of all at once ÷ of all one by one", only.togetherOfEach(CPU)),
              atMost(
                  0.6, "cold wall of all at once ÷ of all one by one", only.togetherOfEach(WALL)));
    };
  }

  private static List<Goal> daily(boolean large, Medians only) {
    List<Goal> goals = new ArrayList<>();
    goals.add(atLeast(large ? 2.4 : 2.2, "CPU of seed", only.timesOurs("seed", CPU)));
    goals.add(atLeast(1 / 3.0, "CPU of decode only", only.timesOurs("decode only", CPU)));
    goals.add(atMost(MOST_MIB, "our memory, MiB", only.ours(Measured::peakMiB)));
    if (large) {
      goals.add(atLeast(2.7, "wall of seed", only.timesOurs("seed", WALL)));
      goals.add(atLeast(1 / 3.5, "CPU of DuckDB", only.timesOurs("DuckDB", CPU)));
    }
    return goals;
  }

  /** Of the same work, each double the one before; then as much with more tickers, and skewed. */
  private static List<Goal> growth(List<Medians> cases) {
    double most = cases.get(3).ours(CPU);
    return List.of(
        atMost(8 * LINEAR, "our CPU with 8x rows ÷ 1x", most / cases.get(0).ours(CPU)),
        atMost(LINEAR, "our CPU with 10x tickers ÷ 1x", cases.get(4).ours(CPU) / most),
        atMost(LINEAR, "our CPU with 90 % of one ticker ÷ even", cases.get(5).ours(CPU) / most));
  }

  private static Goal atLeast(double bound, String what, double measured) {
    return new Goal(what, measured, bound, true);
  }

  private static Goal atMost(double bound, String what, double measured) {
    return new Goal(what, measured, bound, false);
  }

  static String table(List<Goal> goals) {
    return goals.stream()
        .map(
            goal ->
                String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %s %.2f | %s |%n",
                    goal.what,
                    goal.measured,
                    goal.atLeast ? "≥" : "≤",
                    goal.bound,
                    goal.isMet() ? "yes" : "**no**"))
        .collect(
            Collectors.joining(
                "",
                "| ours = 1, warm where not told | measured | target | ok |\n|---|---|---|---|\n",
                ""));
  }
}
