package dev.emroperator.finance.job.kind;

/** Mean and deviation of all values so far, by Welford's update (Technometrics 4, 1962). */
final class Moments {

  private long count;
  private double mean;
  private double squares;
  private double lowest;
  private double highest;

  Moments() {
    clear();
  }

  void clear() {
    count = 0;
    mean = 0;
    squares = 0;
    lowest = Double.POSITIVE_INFINITY;
    highest = Double.NEGATIVE_INFINITY;
  }

  void add(double value) {
    count++;
    double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }

  /** NaN when there is no value. */
  double mean() {
    return count == 0 ? Double.NaN : mean;
  }

  /** Divisor n − 1; exactly 0 for values that are all the same, NaN for fewer than two. */
  double sampleDeviation() {
    if (count < 2) {
      return Double.NaN;
    }
    return lowest == highest ? 0 : Math.sqrt(squares / (count - 1));
  }
}
