package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import java.util.List;

/** Statistics over the last rows of each ticker. */
final class RollingAnalysis implements SortedPass.Kernel {

  private static final double BOLLINGER_WIDTH = 2;

  private final Rolling rolling;
  private final List<RollingWindow> windows;

  private RollingAnalysis(Rolling rolling) {
    this.rolling = rolling;
    this.windows = rolling.windows().stream().map(RollingWindow::new).toList();
  }

  static Series of(Series series, Rolling rolling) {
    return SortedPass.of(
        series, List.of(rolling.column()), rolling.names(), () -> new RollingAnalysis(rolling));
  }

  @Override
  public void begin() {
    windows.forEach(RollingWindow::clear);
  }

  @Override
  public void row(double[] in, double[] out) {
    double value = in[0];
    out[0] = value;
    int at = 1;
    for (int i = 0; i < windows.size(); i++) {
      RollingWindow window = windows.get(i);
      window.add(value);
      int needed = rolling.minPeriods() == null ? rolling.windows().get(i) : rolling.minPeriods();
      boolean known = window.count() >= needed;
      for (Statistic statistic : rolling.stats()) {
        at = put(statistic, window, value, known, out, at);
      }
    }
  }

  private static int put(
      Statistic statistic,
      RollingWindow window,
      double value,
      boolean known,
      double[] out,
      int at) {
    if (statistic == Statistic.BOLLINGER) {
      double width = BOLLINGER_WIDTH * window.populationDeviation();
      out[at] = known ? window.mean() - width : Double.NaN;
      out[at + 1] = known ? window.mean() + width : Double.NaN;
      return at + 2;
    }
    out[at] = known ? of(statistic, window, value) : Double.NaN;
    return at + 1;
  }

  private static double of(Statistic statistic, RollingWindow window, double value) {
    return switch (statistic) {
      case MEAN -> window.mean();
      case STDDEV -> window.sampleDeviation();
      case MIN -> window.min();
      case MAX -> window.max();
      case SUM -> window.sum();
      case ZSCORE -> {
        double deviation = window.sampleDeviation();
        yield deviation == 0 ? Double.NaN : (value - window.mean()) / deviation;
      }
      case BOLLINGER -> throw new IllegalArgumentException("two values");
    };
  }
}
