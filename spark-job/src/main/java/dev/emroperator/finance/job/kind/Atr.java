package dev.emroperator.finance.job.kind;

/** Wilder's average true range, in units of the price. */
final class Atr {

  private final WilderAverage ranges;
  private double previousClose = Double.NaN;

  Atr(int length) {
    ranges = new WilderAverage(length);
  }

  void clear() {
    ranges.clear();
    previousClose = Double.NaN;
  }

  /** The average with this bar; NaN for the first n, since the first of all has no close before. */
  double add(double high, double low, double close) {
    double before = previousClose;
    previousClose = close;
    if (Double.isNaN(before)) {
      return Double.NaN;
    }
    double gap = Math.max(Math.abs(high - before), Math.abs(low - before));
    return ranges.add(Math.max(high - low, gap));
  }
}
