package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Drawdown;

/**
 * Drawdowns, growth and Sharpe ratio of one ticker. Days are those of the epoch. A drawdown goes
 * from the last row at the peak to the first one at or above it again.
 */
final class DrawdownSummary implements SummaryPass.Kernel {

  private static final double DAYS_IN_A_YEAR = 365.25;

  private final double riskFree;
  private final int periodsPerYear;
  private final Moments returns = new Moments();
  private long rows;
  private double first;
  private double firstDay;
  private double last;
  private double lastDay;
  private double previous;
  private double peak;
  private double peakDay;
  private boolean isBelow;
  private double deepest;
  private double start;
  private double trough;
  private double recovery;
  private boolean deepestIsOpen;
  private double longest;

  DrawdownSummary(Drawdown drawdown) {
    riskFree = drawdown.riskFree();
    periodsPerYear = drawdown.periodsPerYear();
    begin();
  }

  @Override
  public void begin() {
    returns.clear();
    rows = 0;
    first = firstDay = last = lastDay = previous = peak = peakDay = Double.NaN;
    deepest = start = trough = recovery = longest = Double.NaN;
    isBelow = false;
    deepestIsOpen = false;
  }

  @Override
  public void row(double[] in) {
    double price = in[0];
    double simple = ReturnsAnalysis.simple(price, previous);
    previous = price;
    if (Double.isNaN(price)) {
      return;
    }
    if (!Double.isNaN(simple)) {
      returns.add(simple);
    }
    double day = in[1];
    if (rows == 0) {
      first = price;
      firstDay = day;
    }
    rows++;
    last = price;
    lastDay = day;
    if (price < peak) {
      below(price, day);
    } else {
      above(price, day);
    }
  }

  private void below(double price, double day) {
    if (peak <= 0) {
      return;
    }
    isBelow = true;
    longest = Math.max(longest, day - peakDay);
    double drawdown = price / peak - 1;
    if (drawdown < deepest) {
      deepest = drawdown;
      start = peakDay;
      trough = day;
      recovery = Double.NaN;
      deepestIsOpen = true;
    }
  }

  private void above(double price, double day) {
    if (isBelow) {
      longest = Math.max(longest, day - peakDay);
    }
    if (deepestIsOpen) {
      recovery = day;
    }
    isBelow = false;
    deepestIsOpen = false;
    peak = price;
    peakDay = day;
    if (peak > 0 && Double.isNaN(deepest)) {
      deepest = 0;
      longest = 0;
    }
  }

  @Override
  public void end(double[] out) {
    out[0] = rows;
    out[1] = deepest;
    out[2] = start;
    out[3] = trough;
    out[4] = recovery;
    out[5] = longest;
    out[6] = growth();
    out[7] = sharpe();
  }

  /** Of a year; NaN within one day. */
  private double growth() {
    double days = lastDay - firstDay;
    if (!(days > 0 && first > 0 && last > 0)) {
      return Double.NaN;
    }
    double growth = Math.pow(last / first, DAYS_IN_A_YEAR / days) - 1;
    return Double.isInfinite(growth) ? Double.NaN : growth;
  }

  private double sharpe() {
    double deviation = returns.sampleDeviation();
    double excess = returns.mean() - riskFree / periodsPerYear;
    return deviation > 0 ? excess / deviation * Math.sqrt(periodsPerYear) : Double.NaN;
  }
}
