package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.kind.Indicators;
import dev.emroperator.finance.api.kind.Indicators.Macd;
import dev.emroperator.finance.job.TaLib;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndicatorsAnalysisTest {

  private static final double NONE = Double.NaN;
  private static final double EPSILON = 1e-9;

  private static Indicators rsi(int rows) {
    return new Indicators(null, null, List.of(rows), null, null);
  }

  private static double[][] of(Indicators indicators, double[]... rows) {
    return Walk.through(new IndicatorsAnalysis(indicators), indicators.names().size(), rows);
  }

  private static double[] first(Indicators indicators, double... closes) {
    return Walk.column(of(indicators, Walk.rows(closes)), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 14, 200})
  void averagesAndStrengthAgreeWithTaLibFromTheirFirstValue(int rows) {
    double[] closes = Walk.closes(rows, 1_000);
    Indicators both = new Indicators("close", List.of(rows), List.of(rows), null, null);
    double[][] given = of(both, Walk.rows(closes));
    assertArrayEquals(TaLib.ema(closes, rows), Walk.column(given, 1), EPSILON);
    assertArrayEquals(TaLib.rsi(closes, rows), Walk.column(given, 2), EPSILON);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 14, 50})
  void trueRangeAgreesWithTaLib(int rows) {
    double[][] bars = Walk.bars(rows, 500);
    double[] highs = Walk.column(bars, 1);
    double[] lows = Walk.column(bars, 2);
    double[] closes = Walk.column(bars, 3);
    double[][] in = new double[bars.length][];
    for (int i = 0; i < bars.length; i++) {
      in[i] = new double[] {closes[i], highs[i], lows[i]};
    }
    double[][] given = of(new Indicators("close", null, null, List.of(rows), null), in);
    assertArrayEquals(TaLib.atr(highs, lows, closes, rows), Walk.column(given, 1), EPSILON);
  }

  @ParameterizedTest
  @CsvSource({"12,26,9", "5,35,5", "2,3,2", "3,10,16"})
  void macdAgreesWithTaLibWhereTaLibHasAllThree(int fast, int slow, int signal) {
    double[] closes = Walk.closes(slow, 600);
    Macd macd = new Macd(fast, slow, signal);
    double[][] given = of(new Indicators(null, null, null, null, macd), Walk.rows(closes));
    double[][] lines = TaLib.macd(closes, fast, slow, signal);
    int from = slow + signal - 2;
    for (int line = 0; line < 3; line++) {
      assertEquals(NONE, lines[line][from - 1]);
      assertArrayEquals(
          Arrays.copyOfRange(lines[line], from, closes.length),
          Arrays.copyOfRange(Walk.column(given, 1 + line), from, closes.length),
          EPSILON);
    }
    assertEquals(NONE, given[from - 1][2] + given[from - 1][3]);
    assertEquals(NONE, given[slow - 2][1]);
    // The line itself is there before it has a signal.
    assertTrue(Double.isFinite(given[slow - 1][1]));
  }

  @Test
  void rowsWithoutAPriceAreAsIfTheyWereNotThere() {
    double[] closes = Walk.closes(11, 300);
    double[] holed = new double[2 * closes.length];
    Arrays.fill(holed, NONE);
    Random random = new Random(11);
    int[] at = random.ints(0, holed.length).distinct().limit(closes.length).sorted().toArray();
    for (int i = 0; i < closes.length; i++) {
      holed[at[i]] = closes[i];
    }
    Indicators all = new Indicators(null, List.of(10), List.of(14), null, new Macd(12, 26, 9));
    double[][] whole = of(all, Walk.rows(closes));
    double[][] given = of(all, Walk.rows(holed));
    for (int i = 0; i < closes.length; i++) {
      assertArrayEquals(whole[i], given[at[i]]);
      given[at[i]] = null;
    }
    for (double[] row : given) {
      if (row != null) {
        assertArrayEquals(new double[] {NONE, NONE, NONE, NONE, NONE, NONE}, row);
      }
    }
  }

  @Test
  void aBarWithoutItsLowIsNoBar() {
    double[][] bars = {{10, 11, 9}, {50, 60, NONE}, {12, 13, 9.5}, {11, 12, 11}};
    double[][] given = of(new Indicators(null, null, null, List.of(2), null), bars);
    assertArrayEquals(new double[] {NONE, NONE, NONE, 2.25}, Walk.column(given, 1));
  }

  @Test
  void flatPricesHaveAStrengthOfFiftyWhereTaLibSaysZero() {
    double[] flat = {7, 7, 7, 7};
    assertArrayEquals(new double[] {NONE, NONE, 50, 50}, first(rsi(2), flat));
    assertEquals(0, TaLib.rsi(flat, 2)[3]);
  }

  @Test
  void onlyGainsAreAHundredAndOnlyLossesZero() {
    assertArrayEquals(new double[] {NONE, NONE, 100}, first(rsi(2), 1, 2, 3));
    assertArrayEquals(new double[] {NONE, NONE, 0}, first(rsi(2), 3, 2, 1));
  }

  @Test
  void pricesBelowZeroAreTakenAsTheyAre() {
    double[] closes = Arrays.stream(Walk.closes(5, 200)).map(close -> close - 100).toArray();
    Indicators both = new Indicators(null, List.of(10), List.of(14), null, null);
    double[][] given = of(both, Walk.rows(closes));
    assertArrayEquals(TaLib.ema(closes, 10), Walk.column(given, 1), EPSILON);
    assertArrayEquals(TaLib.rsi(closes, 14), Walk.column(given, 2), EPSILON);
  }

  @Test
  void anotherTickerBeginsAnew() {
    Indicators all = new Indicators(null, List.of(2), List.of(2), List.of(2), new Macd(2, 3, 2));
    double[][] bars = Walk.bars(9, 50);
    double[][] in = new double[bars.length][];
    for (int i = 0; i < bars.length; i++) {
      in[i] = new double[] {bars[i][3], bars[i][1], bars[i][2]};
    }
    IndicatorsAnalysis kernel = new IndicatorsAnalysis(all);
    double[][] once = Walk.through(kernel, all.names().size(), in);
    assertArrayEquals(once, Walk.through(kernel, all.names().size(), in));
  }
}
