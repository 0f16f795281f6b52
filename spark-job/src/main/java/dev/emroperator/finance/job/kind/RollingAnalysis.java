package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.expr;

import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import java.util.List;
import org.apache.spark.sql.Column;

/** Statistics over the last rows, or the last span of time, of each ticker. */
final class RollingAnalysis implements SortedPass.Kernel {

  private static final long MICROS = 1_000_000;

  private final Rolling rolling;
  private final double bandWidth;
  private final List<RollingWindow> windows;
  private final List<RangeWindow> ranges;

  RollingAnalysis(Rolling rolling) {
    this.rolling = rolling;
    this.bandWidth = rolling.deviations();
    this.windows = rolling.windows().stream().map(RollingWindow::new).toList();
    this.ranges = rolling.ranges().stream().map(TimeSpan::parse).map(RangeWindow::new).toList();
  }

  static Series of(Series series, Rolling rolling) {
    return SortedPass.of(
        series,
        List.of(rolling.column()),
        rolling.ranges().isEmpty() ? List.of() : clock(),
        rolling.names(),
        () -> new RollingAnalysis(rolling));
  }

  /** Seconds and what is over in microseconds, since a double holds no large number of those. */
  private static List<Column> clock() {
    return List.of(expr("unix_seconds(time)"), expr("pmod(unix_micros(time), 1000000)"));
  }

  @Override
  public void begin() {
    windows.forEach(RollingWindow::clear);
    ranges.forEach(RangeWindow::clear);
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
      at = put(window, value, needed, out, at);
    }
    if (ranges.isEmpty()) {
      return;
    }
    long time = (long) in[1] * MICROS + (long) in[2];
    int needed = rolling.minPeriods() == null ? 1 : rolling.minPeriods();
    for (RangeWindow range : ranges) {
      range.add(time, value);
      at = put(range, value, needed, out, at);
    }
  }

  /** All statistics of a window, and the place after them. */
  private int put(SlidingWindow window, double value, int needed, double[] out, int from) {
    boolean known = window.count() >= needed;
    int at = from;
    for (Statistic statistic : rolling.stats()) {
      if (statistic == Statistic.BOLLINGER) {
        double width = bandWidth * window.populationDeviation();
        out[at++] = known ? window.mean() - width : Double.NaN;
        out[at++] = known ? window.mean() + width : Double.NaN;
      } else {
        out[at++] = known ? of(statistic, window, value) : Double.NaN;
      }
    }
    return at;
  }

  private static double of(Statistic statistic, SlidingWindow window, double value) {
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
