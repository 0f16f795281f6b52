package dev.emroperator.finance.job.kind;

/** Wilder's relative strength index, from 0 to 100. */
final class Rsi {

  /** Neither side has moved the price. */
  private static final double FLAT = 50;

  private final WilderAverage gains;
  private final WilderAverage losses;
  private double previous = Double.NaN;

  Rsi(int length) {
    gains = new WilderAverage(length);
    losses = new WilderAverage(length);
  }

  void clear() {
    gains.clear();
    losses.clear();
    previous = Double.NaN;
  }

  /** The index with this price; NaN for the first n. */
  double add(double price) {
    double change = price - previous;
    previous = price;
    if (Double.isNaN(change)) {
      return Double.NaN;
    }
    double gain = gains.add(Math.max(change, 0));
    double loss = losses.add(Math.max(-change, 0));
    return gain + loss == 0 ? FLAT : 100 * (gain / (gain + loss));
  }
}
