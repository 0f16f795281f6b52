package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Indicators.Macd;

/**
 * Moving average convergence/divergence. The fast average begins with the values just before the
 * slow one is there, not with the first ones of all, as in TA-Lib.
 */
final class MacdLines {

  private final int skipped;
  private final Ema fast;
  private final Ema slow;
  private final Ema signal;
  private int seen;

  MacdLines(Macd macd) {
    skipped = macd.slow() - macd.fast();
    fast = new Ema(macd.fast());
    slow = new Ema(macd.slow());
    signal = new Ema(macd.signal());
  }

  void clear() {
    fast.clear();
    slow.clear();
    signal.clear();
    seen = 0;
  }

  /** Puts MACD, signal and histogram from {@code at} on; NaN where there is none yet. */
  void add(double price, double[] out, int at) {
    double shortAverage = Double.NaN;
    if (seen < skipped) {
      seen++;
    } else {
      shortAverage = fast.add(price);
    }
    double macd = shortAverage - slow.add(price);
    out[at] = macd;
    out[at + 1] = Double.isNaN(macd) ? Double.NaN : signal.add(macd);
    out[at + 2] = macd - out[at + 1];
  }
}
