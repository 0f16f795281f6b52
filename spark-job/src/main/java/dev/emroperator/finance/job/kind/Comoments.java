package dev.emroperator.finance.job.kind;

/**
 * Means, squares and products of pairs (x, y), updated one by one: Welford's update (Technometrics
 * 4, 1962), with products as in Chan, Golub and LeVeque (The American Statistician 37, 1983).
 */
final class Comoments {

  private int n;
  private double meanX;
  private double meanY;
  private double squaresX;
  private double squaresY;
  private double products;
  private double lastX;
  private double lastY;
  private int equalX;
  private int equalY;

  void clear() {
    n = 0;
    meanX = 0;
    meanY = 0;
    squaresX = 0;
    squaresY = 0;
    products = 0;
    equalX = 0;
    equalY = 0;
  }

  void add(double x, double y) {
    equalX = x == lastX ? equalX + 1 : 1;
    equalY = y == lastY ? equalY + 1 : 1;
    lastX = x;
    lastY = y;
    n++;
    double deltaX = x - meanX;
    double deltaY = y - meanY;
    meanX += deltaX / n;
    meanY += deltaY / n;
    squaresX += deltaX * (x - meanX);
    squaresY += deltaY * (y - meanY);
    products += deltaX * (y - meanY);
  }

  /** Takes out the oldest pair. */
  void remove(double x, double y) {
    n--;
    if (n == 0) {
      clear();
      return;
    }
    double deltaX = x - meanX;
    double deltaY = y - meanY;
    meanX -= deltaX / n;
    meanY -= deltaY / n;
    squaresX -= deltaX * (x - meanX);
    squaresY -= deltaY * (y - meanY);
    products -= deltaX * (y - meanY);
  }

  int count() {
    return n;
  }

  /** Σ (x − mean)²; exactly 0 for equal values, whatever rounding has left in the sum. */
  double squaresX() {
    return equalX >= n ? 0 : squaresX;
  }

  /** Σ (y − mean)². */
  double squaresY() {
    return equalY >= n ? 0 : squaresY;
  }

  /** Slope of y on x; NaN where all x are equal. */
  double slope() {
    return squaresX() > 0 ? (squaresY() == 0 ? 0 : products / squaresX()) : Double.NaN;
  }

  /** Height of that line at x = 0. */
  double intercept() {
    return meanY - slope() * meanX;
  }

  /** Pearson's correlation; NaN where all x or all y are equal. */
  double correlation() {
    double scale = Math.sqrt(squaresX() * squaresY());
    return scale > 0 ? Math.max(-1, Math.min(1, products / scale)) : Double.NaN;
  }
}
