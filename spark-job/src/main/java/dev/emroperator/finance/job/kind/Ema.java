package dev.emroperator.finance.job.kind;

/**
 * Exponential moving average with weight 2 / (n + 1), which begins with the mean of the first n
 * values, as TA-Lib's does.
 */
final class Ema {

  private final int length;
  private final double weight;
  private int seen;
  private double average;

  Ema(int length) {
    this.length = length;
    this.weight = 2.0 / (length + 1);
  }

  void clear() {
    seen = 0;
    average = 0;
  }

  /** The average with this value; NaN for the first n − 1. */
  double add(double value) {
    if (seen >= length) {
      average += (value - average) * weight;
      return average;
    }
    seen++;
    average += value;
    if (seen < length) {
      return Double.NaN;
    }
    average /= length;
    return average;
  }
}
