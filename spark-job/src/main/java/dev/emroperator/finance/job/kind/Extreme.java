package dev.emroperator.finance.job.kind;

/** Rows that can still become the extreme of a window: each is beaten by none after it. */
final class Extreme {

  private final int sign;
  private long[] row;
  private double[] value;
  private int first;
  private int size;

  /**
   * None yet.
   *
   * @param room for how many rows there is room; it grows when that is not enough
   * @param sign 1 for the lowest value, -1 for the highest
   */
  Extreme(int room, int sign) {
    this.sign = sign;
    this.row = new long[room];
    this.value = new double[room];
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
      first = (first + 1) % row.length;
      size--;
    }
    if (Double.isNaN(newValue)) {
      return;
    }
    while (size > 0 && sign * value[last()] >= sign * newValue) {
      size--;
    }
    if (size == row.length) {
      grow();
    }
    size++;
    row[last()] = newRow;
    value[last()] = newValue;
  }

  /** The extreme; anything where the window has no value. */
  double get() {
    return value[first];
  }

  private int last() {
    return (first + size - 1) % row.length;
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
