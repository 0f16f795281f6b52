package dev.emroperator.finance.job.kind;

/**
 * Natural logarithms of the ratios within one bar, and to the close before it. Each is NaN where
 * one of its two prices is missing or not greater than 0.
 *
 * @param between ln(close / close before)
 * @param overnight ln(open / close before)
 * @param up ln(high / open)
 * @param down ln(low / open)
 * @param toClose ln(close / open)
 */
record LogBar(double between, double overnight, double up, double down, double toClose) {

  private static final double LN_2 = Math.log(2);

  static LogBar of(double before, double open, double high, double low, double close) {
    return new LogBar(
        ReturnsAnalysis.log(close, before),
        ReturnsAnalysis.log(open, before),
        ReturnsAnalysis.log(high, open),
        ReturnsAnalysis.log(low, open),
        ReturnsAnalysis.log(close, open));
  }

  /** Square of the return. */
  double squared() {
    return between * between;
  }

  /** M. Parkinson's variance. */
  double parkinson() {
    return (up - down) * (up - down) / (4 * LN_2);
  }

  /**
   * M. B. Garman and M. J. Klass's variance; below 0 only where high and low don't hold the bar.
   */
  double garmanKlass() {
    return (up - down) * (up - down) / 2 - (2 * LN_2 - 1) * toClose * toClose;
  }

  /** L. C. G. Rogers and S. E. Satchell's variance, free of drift. */
  double rogersSatchell() {
    return up * (up - toClose) + down * (down - toClose);
  }
}
