package dev.emroperator.finance.job.kind;

/** Rows that can still become the extreme of a window: each is beaten by none after it. */
final class Extreme {

  private final boolean isLowest;
  private long[] row;
  private double[] value;
  private int first;
  private int size;

  /**
   * None yet.
   *
   * @param room for how many rows there is room; it grows when that is not enough
   */
  private Extreme(int room, boolean isLowest) {
    // A power of two, so that a place in the ring is found without a division.
    int length = 2 * Integer.highestOneBit(Math.max(1, room - 1));
    this.isLowest = isLowest;
    this.row = new long[length];
    this.value = new double[length];
  }

  static Extreme lowest(int room) {
    return new Extreme(room, true);
  }

  static Extreme highest(int room) {
    return new Extreme(room, false);
  }

  void clear() {
    first = 0;
    size = 0;
  }

  /**
   * Takes the next row.
   *
   * @param newValue NaN for none
   * @param oldest number of the oldest row that is in the window now
   */
  void add(long newRow, double newValue, long oldest) {
    while (size > 0 && row[first] < oldest) {
      first = at(1);
      size--;
    }
    if (Double.isNaN(newValue)) {
      return;
    }
    while (size > 0 && isBeaten(value[at(size - 1)], newValue)) {
      size--;
    }
    if (size == row.length) {
      grow();
    }
    int last = at(size++);
    row[last] = newRow;
    value[last] = newValue;
  }

  /** The extreme; anything where the window has no value. */
  double get() {
    return value[first];
  }

  private boolean isBeaten(double old, double now) {
    return isLowest ? old >= now : old <= now;
  }

  private int at(int place) {
    return (first + place) & (row.length - 1);
  }

  private void grow() {
    long[] rows = new long[2 * size];
    double[] values = new double[2 * size];
    int toEnd = size - first;
    System.arraycopy(row, first, rows, 0, toEnd);
    System.arraycopy(row, 0, rows, toEnd, first);
    System.arraycopy(value, first, values, 0, toEnd);
    System.arraycopy(value, 0, values, toEnd, first);
    row = rows;
    value = values;
    first = 0;
  }
}
