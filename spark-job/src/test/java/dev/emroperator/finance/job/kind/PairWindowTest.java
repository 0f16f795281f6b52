package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairWindowTest {

  private static final double EPSILON = 1e-9;

  /** Returns of a benchmark and of a ticker that follows it. */
  private static double[][] returns(long seed, int length) {
    Random random = new Random(seed);
    double[][] pairs = new double[length][];
    for (int i = 0; i < length; i++) {
      double market = 0.01 * random.nextGaussian();
      pairs[i] = new double[] {market, 0.0002 + 1.3 * market + 0.02 * random.nextGaussian()};
    }
    return pairs;
  }

  private static SimpleRegression oracle(double[][] pairs, int end, int length) {
    SimpleRegression regression = new SimpleRegression();
    for (int i = Math.max(0, end - length); i < end; i++) {
      regression.addData(pairs[i][0], pairs[i][1]);
    }
    return regression;
  }

  private static void assertAgree(SimpleRegression oracle, Comoments moments) {
    assertEquals(oracle.getN(), moments.count());
    assertEquals(oracle.getSlope(), moments.slope(), EPSILON);
    assertEquals(oracle.getIntercept(), moments.intercept(), EPSILON);
    assertEquals(oracle.getR(), moments.correlation(), EPSILON);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20, 252})
  void agreesWithCommonsMathOnEveryWindow(int length) {
    double[][] pairs = returns(length, 1_000);
    PairWindow window = new PairWindow(length);
    for (int i = 0; i < pairs.length; i++) {
      window.add(pairs[i][0], pairs[i][1]);
      if (i > 1) {
        assertAgree(oracle(pairs, i + 1, length), window.moments());
      }
    }
  }

  @Test
  void withoutALengthEveryPairCounts() {
    double[][] pairs = returns(5, 500);
    PairWindow window = new PairWindow(0);
    for (int i = 0; i < pairs.length; i++) {
      window.add(pairs[i][0], pairs[i][1]);
      if (i > 1) {
        assertAgree(oracle(pairs, i + 1, pairs.length), window.moments());
      }
    }
  }

  @Test
  void aSpikeIsForgottenWhenItLeaves() {
    double[][] pairs = returns(9, 300);
    // A split that nobody adjusted, the other way round.
    pairs[100] = new double[] {1e6, -3e7};
    PairWindow window = new PairWindow(60);
    for (int i = 0; i < pairs.length; i++) {
      window.add(pairs[i][0], pairs[i][1]);
      if (i >= 160) {
        assertAgree(oracle(pairs, i + 1, 60), window.moments());
      }
    }
  }

  @Test
  void roundingDoesNotAddUp() {
    double[][] pairs = returns(3, 200_000);
    PairWindow window = new PairWindow(252);
    for (double[] pair : pairs) {
      window.add(pair[0], pair[1]);
    }
    assertAgree(oracle(pairs, pairs.length, 252), window.moments());
  }

  @Test
  void equalReturnsOfTheBenchmarkHaveNoSlope() {
    PairWindow window = new PairWindow(5);
    for (double[] pair : returns(1, 50)) {
      window.add(pair[0], pair[1]);
    }
    for (int i = 0; i < 5; i++) {
      window.add(0.1, i);
    }
    assertTrue(Double.isNaN(window.moments().slope()));
    assertTrue(Double.isNaN(window.moments().intercept()));
    assertTrue(Double.isNaN(window.moments().correlation()));
  }

  @Test
  void equalReturnsOfTheTickerHaveASlopeOfZeroAndNoCorrelation() {
    PairWindow window = new PairWindow(5);
    for (double[] pair : returns(2, 50)) {
      window.add(pair[0], pair[1]);
    }
    for (int i = 0; i < 5; i++) {
      window.add(i, 0.1);
    }
    assertEquals(0, window.moments().slope());
    assertEquals(0.1, window.moments().intercept(), EPSILON);
    assertTrue(Double.isNaN(window.moments().correlation()));
  }

  @Test
  void aSeriesOnItselfIsItsOwnMeasure() {
    PairWindow window = new PairWindow(20);
    for (double[] pair : returns(4, 100)) {
      window.add(pair[0], pair[0]);
    }
    assertEquals(1, window.moments().slope(), EPSILON);
    assertEquals(0, window.moments().intercept(), EPSILON);
    assertEquals(1, window.moments().correlation(), EPSILON);
  }

  @Test
  void clearBeginsANewSeries() {
    PairWindow window = new PairWindow(3);
    for (double[] pair : returns(6, 10)) {
      window.add(pair[0], pair[1]);
    }
    window.clear();
    assertEquals(0, window.moments().count());
    double[][] pairs = returns(7, 3);
    for (double[] pair : pairs) {
      window.add(pair[0], pair[1]);
    }
    assertAgree(oracle(pairs, 3, 3), window.moments());
  }
}
