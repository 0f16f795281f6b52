package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Volatility.Estimator;

/** One estimator over the last rows of one series. */
final class VolatilityWindow {

  private final Estimator estimator;
  private final int length;
  private final RollingWindow first;

  /** Of the estimator that adds up three variances; else null. */
  private final RollingWindow overnight;

  private final RollingWindow toClose;

  VolatilityWindow(Estimator estimator, int length) {
    this.estimator = estimator;
    this.length = length;
    boolean isSum = estimator == Estimator.YANG_ZHANG;
    first = new RollingWindow(length);
    overnight = isSum ? new RollingWindow(length) : null;
    toClose = isSum ? new RollingWindow(length) : null;
  }

  void clear() {
    first.clear();
    if (overnight != null) {
      overnight.clear();
      toClose.clear();
    }
  }

  void add(LogBar bar) {
    first.add(
        switch (estimator) {
          case CLOSE_TO_CLOSE -> bar.between();
          case REALIZED -> bar.squared();
          case PARKINSON -> bar.parkinson();
          case GARMAN_KLASS -> bar.garmanKlass();
          case ROGERS_SATCHELL, YANG_ZHANG -> bar.rogersSatchell();
        });
    if (overnight != null) {
      overnight.add(bar.overnight());
      toClose.add(bar.toClose());
    }
  }

  /** Variance of one row; NaN unless every row has a value, or where no volatility has it. */
  double variance() {
    if (first.count() < length || overnight != null && overnight.count() < length) {
      return Double.NaN;
    }
    double variance =
        switch (estimator) {
          case CLOSE_TO_CLOSE -> square(first.sampleDeviation());
          case YANG_ZHANG -> yangZhang();
          default -> mean(first);
        };
    return variance < 0 ? Double.NaN : variance;
  }

  private double yangZhang() {
    double share = 0.34 / (1.34 + (length + 1.0) / (length - 1.0));
    return square(overnight.sampleDeviation())
        + share * square(toClose.sampleDeviation())
        + (1 - share) * mean(first);
  }

  /** A mean of values that are all at least 0 is that, too, whatever rounding has left in it. */
  private static double mean(RollingWindow window) {
    return window.min() >= 0 ? Math.max(0, window.mean()) : window.mean();
  }

  private static double square(double value) {
    return value * value;
  }
}
