package dev.emroperator.finance.job.kind;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The rows of one series in (t − range, t], where t is the time of the last one. How many they are
 * is not known before, so there is more room as they need it, and none of it is given back.
 */
final class RangeWindow extends SlidingWindow {

  private static final int ROOM = 64;

  /** In microseconds, as all times here. */
  private final long range;

  private long[] times = new long[ROOM];
  private double[] values = new double[ROOM];

  /** Index of the oldest row in the window, and the one after its last. */
  private int first;

  private int end;
  private long rows;

  /** Rows that have come or gone since all was computed anew. */
  private long changes;

  RangeWindow(Duration range) {
    super(ROOM);
    this.range = TimeUnit.MICROSECONDS.convert(range);
  }

  @Override
  void clear() {
    super.clear();
    first = 0;
    end = 0;
    rows = 0;
    changes = 0;
  }

  /**
   * Moves on to the next row.
   *
   * @param time in microseconds since 1970, not before that of the last row
   * @param value NaN for a row without a value
   */
  void add(long time, double value) {
    int oldest = first;
    while (first < end && time - times[first] >= range) {
      first++;
    }
    int size = end - first + 1;
    changes += first - oldest + 1;
    // One row in and one out, as many times as there are rows. After a gap, in which most have
    // left, the few that remain are sooner added up than all the others taken away.
    boolean isDue = changes >= 2L * size;
    if (!isDue) {
      for (int i = oldest; i < first; i++) {
        remove(values[i]);
      }
      include(value);
    }
    append(time, value);
    track(rows, value, rows - size + 1);
    rows++;
    if (isDue || hasShrunk()) {
      recompute(values, first, end);
      changes = 0;
    }
  }

  private void append(long time, double value) {
    if (end == times.length) {
      makeRoom();
    }
    times[end] = time;
    values[end] = value;
    end++;
  }

  /** In place of rows that have left; where that is less than half, in arrays twice as long. */
  private void makeRoom() {
    int size = end - first;
    int length = size > times.length / 2 ? 2 * times.length : times.length;
    long[] laterTimes = length == times.length ? times : new long[length];
    double[] laterValues = length == times.length ? values : new double[length];
    System.arraycopy(times, first, laterTimes, 0, size);
    System.arraycopy(values, first, laterValues, 0, size);
    times = laterTimes;
    values = laterValues;
    first = 0;
    end = size;
  }
}
