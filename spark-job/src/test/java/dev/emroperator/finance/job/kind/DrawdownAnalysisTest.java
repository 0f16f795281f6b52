package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawdownAnalysisTest {

  private static final double NONE = Double.NaN;

  /** A row on every other day. */
  private static double[][] of(double... prices) {
    double[][] rows = new double[prices.length][];
    for (int i = 0; i < prices.length; i++) {
      rows[i] = new double[] {prices[i], 2 * i};
    }
    return Walk.through(new DrawdownAnalysis(), 4, rows);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithTheDefinitionOnRoughPrices(long seed) {
    double[] prices = Walk.roughCloses(seed, 300);
    double[][] given = of(prices);
    int below = 0;
    for (int i = 0; i < prices.length; i++) {
      int to = i;
      double peak =
          Arrays.stream(prices, 0, to + 1).filter(p -> !Double.isNaN(p)).max().orElse(NONE);
      double since = NONE;
      for (int j = 0; j <= i; j++) {
        since = prices[j] == peak ? 2 * j : since;
      }
      boolean known = !Double.isNaN(prices[i]) && peak > 0;
      below += known && prices[i] < peak ? 1 : 0;
      assertArrayEquals(
          new double[] {
            prices[i], peak, known ? prices[i] / peak - 1 : NONE, known ? 2 * i - since : NONE
          },
          given[i],
          "row " + i);
    }
    assertTrue(below > 100, "rows below the peak: " + below);
  }

  @Test
  void thePeakAgainEndsTheDrawdown() {
    double[][] given = of(10, 8, 10, 9, 11);
    assertArrayEquals(new double[] {0, 8.0 / 10 - 1, 0, 9.0 / 10 - 1, 0}, Walk.column(given, 2));
    assertArrayEquals(new double[] {0, 2, 0, 2, 0}, Walk.column(given, 3));
  }

  @Test
  void aPriceOfZeroIsATotalLossAndOneBelowZeroIsMore() {
    assertArrayEquals(new double[] {0, -1, -1.5}, Walk.column(of(10, 0, -5), 2));
  }

  @Test
  void belowAPeakThatIsNotGreaterThanZeroThereAreNoFractions() {
    double[][] given = of(-10, -5, -8, 0, 4);
    assertArrayEquals(new double[] {NONE, NONE, NONE, NONE, 0}, Walk.column(given, 2));
    assertArrayEquals(new double[] {-10, -5, -5, 0, 4}, Walk.column(given, 1));
  }

  @Test
  void aMissingPriceKeepsThePeakAndHasNoDrawdown() {
    assertArrayEquals(new double[] {NONE, 10, NONE, NONE}, of(10, NONE)[1]);
    assertArrayEquals(new double[] {NONE, NONE, NONE, NONE}, of(NONE)[0]);
  }

  @Test
  void anotherTickerBeginsWithoutAPeak() {
    DrawdownAnalysis kernel = new DrawdownAnalysis();
    Walk.through(kernel, 4, new double[][] {{100, 1}});
    assertEquals(0, Walk.through(kernel, 4, new double[][] {{10, 2}})[0][2]);
  }
}
