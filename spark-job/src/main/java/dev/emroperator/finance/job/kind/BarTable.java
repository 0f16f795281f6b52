package dev.emroperator.finance.job.kind;

import java.util.Arrays;

/**
 * Bars that grow row by row, in arrays: one for each ticker, known by a small number, and start.
 * NaN stands for null.
 */
final class BarTable {

  private static final int FIRST_SIZE = 1 << 12;

  int[] ticker;
  long[] start;
  double[] open;
  long[] openTime;
  double[] high;
  double[] low;
  double[] close;
  long[] closeTime;
  double[] closes;
  long[] closeCount;
  long[] volume;
  long[] volumeCount;
  double[] turnover;
  long[] turnoverVolume;
  long[] turnoverCount;
  long[] rows;

  private int[] index;
  private int size;

  BarTable() {
    this(FIRST_SIZE);
  }

  /** With places for so many bars, a power of two, before it grows. */
  BarTable(int places) {
    ticker = new int[places];
    start = new long[places];
    open = new double[places];
    openTime = new long[places];
    high = new double[places];
    low = new double[places];
    close = new double[places];
    closeTime = new long[places];
    closes = new double[places];
    closeCount = new long[places];
    volume = new long[places];
    volumeCount = new long[places];
    turnover = new double[places];
    turnoverVolume = new long[places];
    turnoverCount = new long[places];
    rows = new long[places];
    index = new int[2 * places];
  }

  int size() {
    return size;
  }

  /** The place of a bar, a new one if there is none yet. */
  int place(int wantedTicker, long wantedStart) {
    int mask = index.length - 1;
    int at = hash(wantedTicker, wantedStart) & mask;
    while (index[at] != 0) {
      int place = index[at] - 1;
      if (ticker[place] == wantedTicker && start[place] == wantedStart) {
        return place;
      }
      at = (at + 1) & mask;
    }
    if (size == ticker.length) {
      grow();
      return place(wantedTicker, wantedStart);
    }
    ticker[size] = wantedTicker;
    start[size] = wantedStart;
    open[size] = Double.NaN;
    high[size] = Double.NaN;
    low[size] = Double.NaN;
    close[size] = Double.NaN;
    size++;
    index[at] = size;
    return size - 1;
  }

  /** Of equal times the lowest is the first. */
  void open(int place, long time, double price) {
    if (!(open[place] == open[place])
        || time < openTime[place]
        || time == openTime[place] && price < open[place]) {
      open[place] = price;
      openTime[place] = time;
    }
  }

  /** Of equal times the highest is the last. */
  void close(int place, long time, double price) {
    if (!(close[place] == close[place])
        || time > closeTime[place]
        || time == closeTime[place] && price > close[place]) {
      close[place] = price;
      closeTime[place] = time;
    }
  }

  void high(int place, double price) {
    if (!(price <= high[place])) {
      high[place] = price;
    }
  }

  void low(int place, double price) {
    if (!(price >= low[place])) {
      low[place] = price;
    }
  }

  void average(int place, double price) {
    closes[place] += price;
    closeCount[place]++;
  }

  /** Adds shares; a sum beyond 64 bits is an error. */
  void volume(int place, long shares) {
    volume[place] = Math.addExact(volume[place], shares);
    volumeCount[place]++;
  }

  void turnover(int place, double price, long shares) {
    turnover[place] += price * shares;
    turnoverVolume[place] = Math.addExact(turnoverVolume[place], shares);
    turnoverCount[place]++;
  }

  private void grow() {
    int wider = 2 * ticker.length;
    ticker = Arrays.copyOf(ticker, wider);
    start = Arrays.copyOf(start, wider);
    open = Arrays.copyOf(open, wider);
    openTime = Arrays.copyOf(openTime, wider);
    high = Arrays.copyOf(high, wider);
    low = Arrays.copyOf(low, wider);
    close = Arrays.copyOf(close, wider);
    closeTime = Arrays.copyOf(closeTime, wider);
    closes = Arrays.copyOf(closes, wider);
    closeCount = Arrays.copyOf(closeCount, wider);
    volume = Arrays.copyOf(volume, wider);
    volumeCount = Arrays.copyOf(volumeCount, wider);
    turnover = Arrays.copyOf(turnover, wider);
    turnoverVolume = Arrays.copyOf(turnoverVolume, wider);
    turnoverCount = Arrays.copyOf(turnoverCount, wider);
    rows = Arrays.copyOf(rows, wider);
    index = new int[2 * wider];
    int mask = index.length - 1;
    for (int place = 0; place < size; place++) {
      int at = hash(ticker[place], start[place]) & mask;
      while (index[at] != 0) {
        at = (at + 1) & mask;
      }
      index[at] = place + 1;
    }
  }

  private static int hash(int ticker, long start) {
    long mixed = (start / 1_000_000L * 31 + ticker) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
