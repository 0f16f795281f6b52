package dev.emroperator.finance.job.kind;

/**
 * J. W. Wilder's moving average: the mean of the first n values, then n − 1 parts of the last
 * average and one of the value.
 */
final class WilderAverage {

  private final int length;
  private int seen;
  private double average;

  WilderAverage(int length) {
    this.length = length;
  }

  void clear() {
    seen = 0;
    average = 0;
  }

  /** The average with this value; NaN for the first n − 1. */
  double add(double value) {
    if (seen >= length) {
      average = (average * (length - 1) + value) / length;
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
