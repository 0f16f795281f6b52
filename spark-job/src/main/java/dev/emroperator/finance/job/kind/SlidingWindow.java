package dev.emroperator.finance.job.kind;

/**
 * The values of a window that moves over one series, and their statistics in constant time. Mean
 * and squares follow Welford's update and its reverse (Technometrics 4, 1962); once in a window,
 * and when an outlier has left it, they are computed anew from the values, so that rounding does
 * not add up. Minimum and maximum are kept in monotonic queues. NaN stands for null.
 */
abstract sealed class SlidingWindow permits RollingWindow, RangeWindow {

  /** Squares that shrink to less of what they were leave little but rounding. */
  private static final double LITTLE = 1e-4;

  private final Extreme lowest;
  private final Extreme highest;
  private int count;
  private double mean;
  private double squares;
  private double largest;

  SlidingWindow(int room) {
    this.lowest = Extreme.lowest(room);
    this.highest = Extreme.highest(room);
  }

  /** Begins a new series. */
  void clear() {
    lowest.clear();
    highest.clear();
    count = 0;
    mean = 0;
    squares = 0;
    largest = 0;
  }

  /**
   * Minimum and maximum after a row has come.
   *
   * @param oldest number of the oldest row that is in the window now
   */
  final void track(long row, double value, long oldest) {
    lowest.add(row, value, oldest);
    highest.add(row, value, oldest);
  }

  final void include(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    count++;
    double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }

  final void remove(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    count--;
    if (count == 0) {
      mean = 0;
      squares = 0;
      return;
    }
    double delta = value - mean;
    mean -= delta / count;
    squares -= delta * (value - mean);
  }

  /** Whether so little is left of the largest squares that they are to be computed anew. */
  final boolean hasShrunk() {
    largest = Math.max(largest, squares);
    return squares < LITTLE * largest;
  }

  /** Mean and squares of the values from one index up to another, which is not included. */
  final void recompute(double[] values, int from, int to) {
    count = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (!Double.isNaN(value)) {
        count++;
        sum += value;
      }
    }
    mean = count == 0 ? 0 : sum / count;
    squares = 0;
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (!Double.isNaN(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    largest = squares;
  }

  /** Number of values, at most that of the rows. */
  final int count() {
    return count;
  }

  /** Mean of the values; NaN when there is none. */
  final double mean() {
    return count == 0 ? Double.NaN : isFlat() ? lowest.get() : mean;
  }

  final double sum() {
    return count == 0 ? Double.NaN : mean() * count;
  }

  final double min() {
    return count == 0 ? Double.NaN : lowest.get();
  }

  final double max() {
    return count == 0 ? Double.NaN : highest.get();
  }

  /** Sample standard deviation, divisor n − 1; NaN for fewer than two values. */
  final double sampleDeviation() {
    return count < 2 ? Double.NaN : Math.sqrt(exactSquares() / (count - 1));
  }

  /** Population standard deviation, divisor n; NaN when there is no value. */
  final double populationDeviation() {
    return count == 0 ? Double.NaN : Math.sqrt(exactSquares() / count);
  }

  /** A flat window has a deviation of exactly 0, whatever rounding has left in the sum. */
  private double exactSquares() {
    return isFlat() ? 0 : Math.max(0, squares);
  }

  private boolean isFlat() {
    return lowest.get() == highest.get();
  }
}
