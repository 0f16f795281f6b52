package dev.emroperator.finance.job.kind;

/** Simple returns as fractions: 0.01 is 1 %. NaN stands for null. */
final class SimpleReturn implements SortedPass.Kernel {

  private double before;

  /** The return from one price to the next; NaN unless both are known and above 0. */
  static double of(double before, double now) {
    return before > 0 && now > 0 ? now / before - 1 : Double.NaN;
  }

  @Override
  public void begin() {
    before = Double.NaN;
  }

  /** Takes a price, and gives the return from the row before. */
  @Override
  public void row(double[] in, double[] out) {
    out[0] = of(before, in[0]);
    before = in[0];
  }
}
