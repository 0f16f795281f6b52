package dev.emroperator.finance.job.kind;

/**
 * The last rows of one series, and their statistics after each row in constant time. Mean and
 * squares follow Welford's update and its reverse (Technometrics 4, 1962); once in a window, and
 * when an outlier has left it, they are computed anew from the values, so that rounding does not
 * add up. Minimum and maximum are kept in monotonic queues. NaN stands for null.
 */
public final class RollingWindow {

  /** Squares that shrink to less of what they were leave little but rounding. */
  private static final double LITTLE = 1e-4;

  private final int length;
  private final double[] values;
  private final Extreme lowest;
  private final Extreme highest;
  private long rows;
  private int count;
  private double mean;
  private double squares;
  private double largest;

  /** A window of {@code length} rows. */
  public RollingWindow(int length) {
    this.length = length;
    this.values = new double[length];
    this.lowest = new Extreme(length, 1);
    this.highest = new Extreme(length, -1);
    clear();
  }

  /** Begins a new series. */
  public void clear() {
    java.util.Arrays.fill(values, Double.NaN);
    lowest.clear();
    highest.clear();
    rows = 0;
    count = 0;
    mean = 0;
    squares = 0;
    largest = 0;
  }

  /** Moves on by one row; NaN for a row without a value. */
  public void add(double value) {
    int slot = (int) (rows % length);
    double old = values[slot];
    values[slot] = value;
    lowest.add(rows, value);
    highest.add(rows, value);
    rows++;
    if (slot == length - 1) {
      recompute();
      return;
    }
    if (!Double.isNaN(old)) {
      remove(old);
    }
    if (!Double.isNaN(value)) {
      include(value);
    }
    largest = Math.max(largest, squares);
    if (squares < LITTLE * largest) {
      recompute();
    }
  }

  private void include(double value) {
    count++;
    double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }

  private void remove(double value) {
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

  private void recompute() {
    count = 0;
    double sum = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        count++;
        sum += value;
      }
    }
    mean = count == 0 ? 0 : sum / count;
    squares = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    largest = squares;
  }

  /** Number of values, at most the length. */
  public int count() {
    return count;
  }

  /** Mean of the values; NaN when there is none. */
  public double mean() {
    return count == 0 ? Double.NaN : isFlat() ? lowest.get() : mean;
  }

  public double sum() {
    return count == 0 ? Double.NaN : mean() * count;
  }

  public double min() {
    return count == 0 ? Double.NaN : lowest.get();
  }

  public double max() {
    return count == 0 ? Double.NaN : highest.get();
  }

  /** Sample standard deviation, divisor n − 1; NaN for fewer than two values. */
  public double sampleDeviation() {
    return count < 2 ? Double.NaN : Math.sqrt(exactSquares() / (count - 1));
  }

  /** Population standard deviation, divisor n; NaN when there is no value. */
  public double populationDeviation() {
    return count == 0 ? Double.NaN : Math.sqrt(exactSquares() / count);
  }

  /** A flat window has a deviation of exactly 0, whatever rounding has left in the sum. */
  private double exactSquares() {
    return isFlat() ? 0 : Math.max(0, squares);
  }

  private boolean isFlat() {
    return lowest.get() == highest.get();
  }

  /** Rows that can still become the extreme: each is beaten by none after it. */
  private static final class Extreme {
    private final int length;
    private final int sign;
    private final long[] row;
    private final double[] value;
    private int first;
    private int size;

    Extreme(int length, int sign) {
      this.length = length;
      this.sign = sign;
      this.row = new long[length];
      this.value = new double[length];
    }

    void clear() {
      first = 0;
      size = 0;
    }

    void add(long newRow, double newValue) {
      if (size > 0 && row[first] <= newRow - length) {
        first = (first + 1) % length;
        size--;
      }
      if (Double.isNaN(newValue)) {
        return;
      }
      while (size > 0 && sign * value[last()] >= sign * newValue) {
        size--;
      }
      size++;
      row[last()] = newRow;
      value[last()] = newValue;
    }

    double get() {
      return value[first];
    }

    private int last() {
      return (first + size - 1) % length;
    }
  }
}
