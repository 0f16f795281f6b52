package dev.emroperator.finance.job.kind;

/**
 * The last pairs of a series and their moments, in constant time for each pair. They are computed
 * anew once in a window, and as soon as little is left of the largest squares, because what
 * rounding left of those would then be seen.
 */
final class PairWindow {

  /** Of squares of 1, rounding leaves 1e-16; below this share of them that is 1e-12. */
  private static final double LITTLE = 1e-4;

  private final double[] xs;
  private final double[] ys;
  private final Comoments moments = new Comoments();
  private long pairs;
  private double largestX;
  private double largestY;

  /** A window of {@code length} pairs; 0 for one without an end. */
  PairWindow(int length) {
    xs = new double[length];
    ys = new double[length];
  }

  void clear() {
    moments.clear();
    pairs = 0;
    largestX = 0;
    largestY = 0;
  }

  Comoments moments() {
    return moments;
  }

  void add(double x, double y) {
    if (xs.length == 0) {
      moments.add(x, y);
      return;
    }
    int slot = (int) (pairs % xs.length);
    if (pairs >= xs.length) {
      moments.remove(xs[slot], ys[slot]);
    }
    xs[slot] = x;
    ys[slot] = y;
    pairs++;
    moments.add(x, y);
    largestX = Math.max(largestX, moments.squaresX());
    largestY = Math.max(largestY, moments.squaresY());
    boolean little =
        moments.squaresX() < LITTLE * largestX || moments.squaresY() < LITTLE * largestY;
    if (pairs > xs.length && (slot == 0 || little)) {
      recompute(slot);
    }
  }

  private void recompute(int newest) {
    moments.clear();
    for (int i = 1; i <= xs.length; i++) {
      int slot = (newest + i) % xs.length;
      moments.add(xs[slot], ys[slot]);
    }
    largestX = moments.squaresX();
    largestY = moments.squaresY();
  }
}
