package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.kind.Beta;
import org.junit.jupiter.api.Test;

class BetaAnalysisTest {

  private static final double NONE = Double.NaN;

  private final double[] out = new double[5];

  private double[] row(BetaAnalysis kernel, double price, double benchmark) {
    kernel.row(new double[] {price, benchmark}, out);
    return out.clone();
  }

  private static BetaAnalysis kernel(Integer window, Integer minPeriods) {
    BetaAnalysis kernel = new BetaAnalysis(new Beta(null, "SPY", null, null, window, minPeriods));
    kernel.begin();
    return kernel;
  }

  @Test
  void twiceTheBenchmarkHasABetaOfTwo() {
    BetaAnalysis kernel = kernel(3, null);
    double[] none = {0, NONE, NONE, NONE, NONE};
    assertArrayEquals(none, row(kernel, 100, NONE));
    assertEquals(1, row(kernel, 102, 0.01)[0]);
    none[0] = 2;
    assertArrayEquals(none, row(kernel, 98.94, -0.015));
    assertArrayEquals(new double[] {3, 2, 0, 1, 1}, row(kernel, 102.8976, 0.02), 1e-9);
  }

  @Test
  void aReturnNeedsBothPricesAboveZeroAndABenchmark() {
    BetaAnalysis kernel = kernel(null, null);
    row(kernel, 100, NONE);
    assertEquals(1, row(kernel, 101, 0.01)[0]);
    assertEquals(1, row(kernel, 102, NONE)[0]);
    assertEquals(1, row(kernel, NONE, 0.01)[0]);
    assertEquals(1, row(kernel, 103, 0.01)[0]);
    assertEquals(1, row(kernel, -5, 0.01)[0]);
    assertEquals(1, row(kernel, 0, 0.01)[0]);
    assertEquals(1, row(kernel, 103, 0.01)[0]);
    assertEquals(2, row(kernel, 104, 0.02)[0]);
  }

  @Test
  void anotherTickerBeginsWithoutAPriceBefore() {
    BetaAnalysis kernel = kernel(null, null);
    row(kernel, 100, NONE);
    row(kernel, 101, 0.01);
    kernel.begin();
    assertEquals(0, row(kernel, 50, 0.01)[0]);
  }
}
