package dev.emroperator.finance.job.kind;

/**
 * Pearson's correlation of two series over the places where both have a value.
 *
 * @param n number of those places
 * @param correlation from −1 to 1; NaN where one of the series is constant there, or n is below 2
 */
record Pearson(int n, double correlation) {

  /** In two passes, so that large means take no digits away. NaN stands for null. */
  static Pearson of(double[] x, double[] y) {
    int n = 0;
    int first = -1;
    double sumX = 0;
    double sumY = 0;
    boolean variesX = false;
    boolean variesY = false;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
        first = n == 0 ? i : first;
        n++;
        sumX += x[i];
        sumY += y[i];
        variesX |= x[i] != x[first];
        variesY |= y[i] != y[first];
      }
    }
    return new Pearson(n, variesX && variesY ? correlation(x, y, sumX / n, sumY / n) : Double.NaN);
  }

  private static double correlation(double[] x, double[] y, double meanX, double meanY) {
    double squaresX = 0;
    double squaresY = 0;
    double products = 0;
    for (int i = 0; i < x.length; i++) {
      double deltaX = x[i] - meanX;
      double deltaY = y[i] - meanY;
      double product = deltaX * deltaY;
      // Only where both are known; a test of each would cost another branch.
      if (!Double.isNaN(product)) {
        squaresX += deltaX * deltaX;
        squaresY += deltaY * deltaY;
        products += product;
      }
    }
    double scale = Math.sqrt(squaresX * squaresY);
    return scale > 0 ? Math.max(-1, Math.min(1, products / scale)) : Double.NaN;
  }
}
