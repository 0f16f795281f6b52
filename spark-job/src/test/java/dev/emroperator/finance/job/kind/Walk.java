package dev.emroperator.finance.job.kind;

import java.util.Random;

/** Seeded random prices, and kernels that see them. */
final class Walk {

  private Walk() {}

  /** Rows of open, high, low and close, all greater than 0. */
  static double[][] bars(long seed, int length) {
    Random random = new Random(seed);
    double[][] bars = new double[length][];
    double close = 100;
    for (int i = 0; i < length; i++) {
      double open = close * Math.exp(0.005 * random.nextGaussian());
      close = open * Math.exp(0.02 * random.nextGaussian());
      double high = Math.max(open, close) * (1 + 0.01 * random.nextDouble());
      double low = Math.min(open, close) * (1 - 0.01 * random.nextDouble());
      bars[i] = new double[] {open, high, low, close};
    }
    return bars;
  }

  static double[] closes(long seed, int length) {
    return column(bars(seed, length), 3);
  }

  /** Closes among which are nulls, zeros and prices below 0. */
  static double[] roughCloses(long seed, int length) {
    Random random = new Random(seed);
    double[] closes = closes(seed, length);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(12)) {
        case 0 -> closes[i] = Double.NaN;
        case 1 -> closes[i] = 0;
        case 2 -> closes[i] = -closes[i];
        default -> {}
      }
    }
    return closes;
  }

  static double[] column(double[][] rows, int column) {
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i][column];
    }
    return values;
  }

  static double[][] rows(double... values) {
    double[][] rows = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = new double[] {values[i]};
    }
    return rows;
  }

  /** What a kernel gives for the rows of one ticker. */
  static double[][] through(SortedPass.Kernel kernel, int given, double[]... rows) {
    kernel.begin();
    double[][] all = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      all[i] = new double[given];
      kernel.row(rows[i], all[i]);
    }
    return all;
  }
}
