package dev.emroperator.finance.job.kind;

/** Simple returns as fractions: 0.01 is 1 %. NaN stands for null. */
final class SimpleReturn implements SortedPass.Kernel {

  private double before;

  @Override
  public void begin() {
    before = Double.NaN;
  }

  /** Takes a price, and gives the return from the row before. */
  @Override
  public void row(double[] in, double[] out) {
    out[0] = ReturnsAnalysis.simple(in[0], before);
    before = in[0];
  }
}
