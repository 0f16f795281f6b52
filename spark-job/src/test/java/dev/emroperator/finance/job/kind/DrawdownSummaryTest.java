package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.kind.Drawdown;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawdownSummaryTest {

  private static final double NONE = Double.NaN;
  private static final int ROWS = 0;
  private static final int SHARPE = 7;

  /** A row on every third day, from day 1000 on. */
  private static double[] of(Drawdown drawdown, double... prices) {
    DrawdownSummary summary = new DrawdownSummary(drawdown);
    summary.begin();
    for (int i = 0; i < prices.length; i++) {
      summary.row(new double[] {prices[i], day(i)});
    }
    double[] out = new double[8];
    summary.end(out);
    return out;
  }

  private static double day(int row) {
    return 1000 + 3 * row;
  }

  private static double[] of(double... prices) {
    return of(new Drawdown(null, true, null, null), prices);
  }

  /** All but growth and Sharpe. */
  private static double[] losses(double... prices) {
    return Arrays.copyOf(of(prices), 6);
  }

  @Test
  void theDeepestDrawdownGoesFromItsPeakToThePeakAgain() {
    assertArrayEquals(
        new double[] {7, 80.0 / 120 - 1, day(1), day(4), day(5), 12},
        losses(100, 120, 90, 110, 80, 120, 130));
  }

  @Test
  void anOpenDrawdownHasNoRecoveryAndLastsUntilTheLastRow() {
    assertArrayEquals(
        new double[] {6, 5.0 / 20 - 1, day(2), day(4), NONE, 9}, losses(10, 8, 20, 15, 5, 19));
  }

  @Test
  void ofTwoThatAreAsDeepTheFirstIsNamedAndTheLongestMayBeAnother() {
    assertArrayEquals(
        new double[] {8, -0.5, day(0), day(1), day(2), 12}, losses(10, 5, 10, 9, 5, 6, 10, 11));
  }

  @Test
  void aPeakThatIsReachedTwiceCountsFromTheSecondTime() {
    assertArrayEquals(new double[] {5, -0.5, day(1), day(2), day(3), 6}, losses(10, 10, 5, 11, 12));
  }

  @Test
  void pricesThatOnlyRiseHaveNoDrawdownHoweverLongTheGap() {
    assertArrayEquals(new double[] {3, 0, NONE, NONE, NONE, 0}, losses(1, 2, 3));
  }

  @Test
  void missingPricesAreSkipped() {
    assertArrayEquals(
        new double[] {3, -0.5, day(1), day(3), day(5), 12}, losses(NONE, 10, NONE, 5, NONE, 12));
    assertArrayEquals(new double[] {0, NONE, NONE, NONE, NONE, NONE, NONE, NONE}, of(NONE, NONE));
  }

  @Test
  void aSingleRowHasNeitherGrowthNorSharpe() {
    assertArrayEquals(new double[] {1, 0, NONE, NONE, NONE, 0, NONE, NONE}, of(5));
  }

  @Test
  void pricesThatAreNeverGreaterThanZeroHaveNoDrawdownAtAll() {
    assertArrayEquals(new double[] {3, NONE, NONE, NONE, NONE, NONE, NONE, NONE}, of(-1, -2, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTheDefinitionOnRoughPrices(long seed) {
    double[] prices = Walk.roughCloses(seed, 200);
    double deepest = 0;
    int start = 0;
    int trough = 0;
    for (int to = 0; to < prices.length; to++) {
      int peak = 0;
      for (int from = 0; from < to; from++) {
        peak = prices[from] >= prices[peak] || Double.isNaN(prices[peak]) ? from : peak;
      }
      if (prices[peak] > 0 && prices[to] / prices[peak] - 1 < deepest) {
        deepest = prices[to] / prices[peak] - 1;
        start = peak;
        trough = to;
      }
    }
    double recovery = NONE;
    for (int i = prices.length - 1; i > trough; i--) {
      recovery = prices[i] >= prices[start] ? day(i) : recovery;
    }
    assertArrayEquals(
        new double[] {deepest, day(start), day(trough), recovery},
        Arrays.copyOfRange(of(prices), 1, 5));
  }

  @Test
  void sharpeAgreesWithCommonsMath() {
    double[] prices = Walk.closes(1, 2_000);
    DescriptiveStatistics returns = new DescriptiveStatistics();
    for (int i = 1; i < prices.length; i++) {
      returns.addValue(prices[i] / prices[i - 1] - 1);
    }
    double sharpe =
        (returns.getMean() - 0.03 / 52) / returns.getStandardDeviation() * Math.sqrt(52);
    assertEquals(sharpe, of(new Drawdown(null, true, 0.03, 52), prices)[SHARPE], 1e-9);
  }

  @Test
  void returnsThatAreAllTheSameHaveNoSharpe() {
    assertEquals(NONE, of(1, 2, 4, 8)[SHARPE]);
    assertEquals(NONE, of(1, 2)[SHARPE]);
  }

  @Test
  void growthIsThatOfAYearOfThreeHundredSixtyFiveDaysAndAQuarter() {
    double[] prices = new double[488];
    Arrays.fill(prices, 100);
    prices[487] = 144;
    // 487 steps of three days are four years.
    double growth = of(prices)[6];
    assertEquals(144, 100 * Math.pow(1 + growth, 4), 1e-9);
    assertEquals(488, of(prices)[ROWS]);
  }
}
