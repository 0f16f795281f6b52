package dev.emroperator.finance.job.kind;

import java.util.Arrays;

/** The last rows of one series, a fixed number of them. */
final class RollingWindow extends SlidingWindow {

  private final int length;
  private final double[] values;
  private long rows;
  private int slot;

  /** A window of {@code length} rows. */
  RollingWindow(int length) {
    super(length);
    this.length = length;
    this.values = new double[length];
    clear();
  }

  @Override
  void clear() {
    super.clear();
    Arrays.fill(values, Double.NaN);
    rows = 0;
    slot = 0;
  }

  /** Moves on by one row; NaN for a row without a value. */
  void add(double value) {
    double old = values[slot];
    values[slot] = value;
    track(rows, value, rows - length + 1);
    rows++;
    if (++slot == length) {
      slot = 0;
      recompute(values, 0, length);
      return;
    }
    remove(old);
    include(value);
    if (hasShrunk()) {
      recompute(values, 0, length);
    }
  }
}
