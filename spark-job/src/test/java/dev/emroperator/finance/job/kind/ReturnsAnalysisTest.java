package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.kind.Returns;
import dev.emroperator.finance.api.kind.Returns.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnsAnalysisTest {

  private static final double NONE = Double.NaN;

  private static double[][] of(Returns returns, double[]... rows) {
    return Walk.through(new ReturnsAnalysis(returns), returns.names().size(), rows);
  }

  private static double[] simple(double... closes) {
    return Walk.column(of(new Returns(null, null, null), Walk.rows(closes)), 1);
  }

  @Test
  void theProductOfSimpleReturnsIsTheExponentialOfTheSumOfLogReturns() {
    double[] closes = Walk.closes(1, 1_000);
    double[][] returns =
        of(new Returns("close", null, List.of(Kind.SIMPLE, Kind.LOG)), Walk.rows(closes));
    double product = 1;
    double sum = 0;
    for (int i = 1; i < closes.length; i++) {
      product *= 1 + returns[i][1];
      sum += returns[i][2];
    }
    assertEquals(closes[999] / closes[0], product, 1e-11 * product);
    assertEquals(product, Math.exp(sum), 1e-11 * product);
  }

  @Test
  void overnightAndIntradayTogetherAreTheReturnOfTheDay() {
    double[][] bars = Walk.bars(2, 500);
    double[][] openAndClose = new double[bars.length][];
    for (int i = 0; i < bars.length; i++) {
      openAndClose[i] = new double[] {bars[i][3], bars[i][0]};
    }
    double[][] returns =
        of(
            new Returns("close", null, List.of(Kind.SIMPLE, Kind.OVERNIGHT, Kind.INTRADAY)),
            openAndClose);
    assertTrue(Double.isNaN(returns[0][2]), "nothing before the first row");
    assertEquals(bars[0][3] / bars[0][0] - 1, returns[0][3]);
    for (int i = 1; i < bars.length; i++) {
      assertEquals(returns[i][1], (1 + returns[i][2]) * (1 + returns[i][3]) - 1, 1e-14);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5, 6, 7})
  void agreesWithTheDefinitionOnRoughPrices(long seed) {
    double[] closes = Walk.roughCloses(seed, 400);
    List<Integer> periods = List.of(5, 1, 20);
    double[][] returns =
        of(new Returns("close", periods, List.of(Kind.SIMPLE, Kind.LOG)), Walk.rows(closes));
    int known = 0;
    for (int i = 0; i < closes.length; i++) {
      for (int k = 0; k < periods.size(); k++) {
        int before = i - periods.get(k);
        boolean has = before >= 0 && closes[i] > 0 && closes[before] > 0;
        known += has ? 1 : 0;
        assertEquals(has ? closes[i] / closes[before] - 1 : NONE, returns[i][1 + k]);
        assertEquals(has ? Math.log(closes[i] / closes[before]) : NONE, returns[i][4 + k]);
      }
    }
    assertTrue(known > 400, "known: " + known);
  }

  @Test
  void aPriceThatIsMissingOrNotGreaterThanZeroHasNoReturnAndNeitherHasTheNext() {
    assertArrayEquals(
        new double[] {NONE, NONE, NONE, 0.5, NONE, NONE, NONE, NONE, NONE, 1},
        simple(1, NONE, 2, 3, 0, 3, -3, -3, 1, 2));
  }

  @Test
  void aRatioBeyondAllNumbersIsNoReturn() {
    assertArrayEquals(new double[] {NONE, NONE}, simple(1e-300, 1e300));
  }

  @Test
  void aSingleRowHasNone() {
    assertArrayEquals(new double[] {NONE}, simple(5));
  }

  @Test
  void anotherTickerBeginsWithoutAPast() {
    Returns returns = new Returns("close", List.of(1, 2), List.of(Kind.SIMPLE));
    ReturnsAnalysis kernel = new ReturnsAnalysis(returns);
    Walk.through(kernel, 3, Walk.rows(1, 2, 3));
    assertArrayEquals(new double[] {4, NONE, NONE}, Walk.through(kernel, 3, Walk.rows(4))[0]);
  }
}
