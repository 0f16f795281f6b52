package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.kind.Volatility;
import dev.emroperator.finance.api.kind.Volatility.Estimator;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolatilityAnalysisTest {

  private static final double NONE = Double.NaN;
  private static final double EPSILON = 1e-9;
  private static final double YEAR = 252;

  private static double[][] of(Volatility volatility, double[]... rows) {
    return Walk.through(new VolatilityAnalysis(volatility), volatility.names().size(), rows);
  }

  /** All estimators in the order of the enum, from bars of open, high, low and close. */
  private static double[][] all(int window, double[]... bars) {
    double[][] in =
        Arrays.stream(bars)
            .map(bar -> new double[] {bar[3], bar[0], bar[1], bar[2]})
            .toArray(double[][]::new);
    return of(new Volatility(List.of(window), List.of(Estimator.values()), null), in);
  }

  private static double[] window(int to, int length, IntToDoubleFunction value) {
    return IntStream.rangeClosed(to - length + 1, to).mapToDouble(value).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 20, 100})
  void agreesWithCommonsMathOverEveryWindow(int n) {
    double[][] b = Walk.bars(n, 400);
    double[][] given = all(n, b);
    double k = 0.34 / (1.34 + (n + 1.0) / (n - 1.0));
    for (int i = n; i < b.length; i++) {
      double[] r = window(i, n, j -> Math.log(b[j][3] / b[j - 1][3]));
      double parkinson =
          StatUtils.mean(window(i, n, j -> Math.pow(Math.log(b[j][1] / b[j][2]), 2)))
              / (4 * Math.log(2));
      double garmanKlass =
          StatUtils.mean(
              window(
                  i,
                  n,
                  j ->
                      0.5 * Math.pow(Math.log(b[j][1] / b[j][2]), 2)
                          - (2 * Math.log(2) - 1) * Math.pow(Math.log(b[j][3] / b[j][0]), 2)));
      double rogersSatchell =
          StatUtils.mean(
              window(
                  i,
                  n,
                  j ->
                      Math.log(b[j][1] / b[j][3]) * Math.log(b[j][1] / b[j][0])
                          + Math.log(b[j][2] / b[j][3]) * Math.log(b[j][2] / b[j][0])));
      double yangZhang =
          StatUtils.variance(window(i, n, j -> Math.log(b[j][0] / b[j - 1][3])))
              + k * StatUtils.variance(window(i, n, j -> Math.log(b[j][3] / b[j][0])))
              + (1 - k) * rogersSatchell;
      assertArrayEquals(
          new double[] {
            b[i][3],
            new StandardDeviation().evaluate(r) * Math.sqrt(YEAR),
            Math.sqrt(parkinson * YEAR),
            Math.sqrt(garmanKlass * YEAR),
            Math.sqrt(rogersSatchell * YEAR),
            Math.sqrt(yangZhang * YEAR),
            Math.sqrt(StatUtils.sumSq(r) * YEAR / n)
          },
          given[i],
          EPSILON);
    }
  }

  @Test
  void estimatorsThatLookAtTheCloseBeforeNeedOneRowMore() {
    double[][] given = all(5, Walk.bars(1, 6));
    for (int i = 0; i < 5; i++) {
      for (int beforeOf : new int[] {1, 5, 6}) {
        assertEquals(NONE, given[i][beforeOf]);
      }
    }
    assertEquals(NONE, given[3][2] + given[3][3] + given[3][4]);
    assertTrue(Double.isFinite(given[4][2] + given[4][3] + given[4][4]));
    assertTrue(Double.isFinite(Arrays.stream(given[5]).sum()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, 0, -1})
  void aRowWithoutAPriceLeavesNoVolatilityUntilItHasLeftTheWindow(double missing) {
    double[][] bars = Walk.bars(2, 30);
    bars[10] = new double[] {missing, missing, missing, missing};
    double[][] given = all(5, bars);
    for (int i = 10; i < 16; i++) {
      // The return after the gap is missing as well.
      assertEquals(i < 16, Double.isNaN(given[i][1]), "closeToClose " + i);
      assertEquals(i < 15, Double.isNaN(given[i][2]), "parkinson " + i);
      assertEquals(i < 16, Double.isNaN(given[i][5]), "yangZhang " + i);
    }
    assertTrue(Double.isFinite(Arrays.stream(given[16]).sum()));
  }

  @Test
  void flatPricesHaveAVolatilityOfExactlyZeroAfterAnyStorm() {
    double[][] bars = Walk.bars(3, 60);
    for (int i = 40; i < bars.length; i++) {
      bars[i] = new double[] {0.1, 0.1, 0.1, 0.1};
    }
    assertArrayEquals(new double[] {0.1, 0, 0, 0, 0, 0, 0}, all(10, bars)[59]);
  }

  @Test
  void aVarianceBelowZeroIsNoVolatility() {
    // High and low do not hold open and close.
    double[][] bars = {{10, 10, 10, 10}, {10, 10.1, 10, 14}, {14, 14.1, 14, 10}};
    double[][] given = all(2, bars);
    assertEquals(NONE, given[2][3]);
    assertTrue(given[2][2] > 0);
  }

  @Test
  void eachWindowHasItsColumnsAndOtherYearsAreAFactor() {
    double[][] closes = Walk.rows(Walk.closes(4, 50));
    double[][] daily = of(new Volatility(List.of(5, 20), null, null), closes);
    double[][] monthly = of(new Volatility(List.of(5, 20), null, 12), closes);
    assertEquals(3, daily[49].length);
    assertEquals(daily[49][1] * Math.sqrt(12 / YEAR), monthly[49][1], 1e-15);
    assertEquals(daily[49][2] * Math.sqrt(12 / YEAR), monthly[49][2], 1e-15);
  }

  @Test
  void anotherTickerBeginsWithoutAPast() {
    Volatility two = new Volatility(List.of(2), List.of(Estimator.values()), null);
    VolatilityAnalysis kernel = new VolatilityAnalysis(two);
    double[][] bars = Walk.bars(6, 20);
    double[][] once = Walk.through(kernel, 7, bars);
    assertArrayEquals(once, Walk.through(kernel, 7, bars));
  }
}
