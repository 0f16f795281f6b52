package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Volatility;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Volatility of each ticker over its last rows, annualised. */
final class VolatilityAnalysis implements SortedPass.Kernel {

  private final List<VolatilityWindow> windows;
  private final int periodsPerYear;
  private final int open;
  private final int high;
  private final int low;
  private double previousClose = Double.NaN;

  VolatilityAnalysis(Volatility volatility) {
    List<String> in = in(volatility);
    windows =
        volatility.windows().stream()
            .flatMap(
                rows ->
                    volatility.estimators().stream()
                        .map(estimator -> new VolatilityWindow(estimator, rows)))
            .toList();
    periodsPerYear = volatility.periodsPerYear();
    open = in.indexOf("open");
    high = in.indexOf("high");
    low = in.indexOf("low");
  }

  static Series of(Series series, Volatility volatility) {
    return SortedPass.of(
        series, in(volatility), volatility.names(), () -> new VolatilityAnalysis(volatility));
  }

  private static List<String> in(Volatility volatility) {
    return new ArrayList<>(volatility.reads(Set.of()));
  }

  @Override
  public void begin() {
    windows.forEach(VolatilityWindow::clear);
    previousClose = Double.NaN;
  }

  @Override
  public void row(double[] in, double[] out) {
    double close = in[0];
    LogBar bar = LogBar.of(previousClose, at(open, in), at(high, in), at(low, in), close);
    previousClose = close;
    out[0] = close;
    for (int i = 0; i < windows.size(); i++) {
      VolatilityWindow window = windows.get(i);
      window.add(bar);
      out[i + 1] = Math.sqrt(window.variance() * periodsPerYear);
    }
  }

  /** Closes alone are read where no estimator looks at more. */
  private static double at(int index, double[] in) {
    return index < 0 ? Double.NaN : in[index];
  }
}
