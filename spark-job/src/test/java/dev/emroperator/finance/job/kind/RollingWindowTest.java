package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tictactec.ta.lib.Core;
import com.tictactec.ta.lib.MAType;
import com.tictactec.ta.lib.MInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingWindowTest {

  private static final double EPSILON = 1e-9;

  private static double[] prices(long seed, int length) {
    Random random = new Random(seed);
    double[] prices = new double[length];
    double price = 100;
    for (int i = 0; i < length; i++) {
      price *= Math.exp(0.02 * random.nextGaussian());
      prices[i] = price;
    }
    return prices;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 20, 252})
  void agreesWithCommonsMathOnEveryRow(int length) {
    RollingWindow window = new RollingWindow(length);
    DescriptiveStatistics oracle = new DescriptiveStatistics(length);
    for (double price : prices(length, 2_000)) {
      window.add(price);
      oracle.addValue(price);
      assertEquals(oracle.getMean(), window.mean(), EPSILON * oracle.getMean());
      assertEquals(oracle.getSum(), window.sum(), EPSILON * oracle.getSum());
      assertEquals(oracle.getMin(), window.min());
      assertEquals(oracle.getMax(), window.max());
      if (oracle.getN() > 1) {
        assertEquals(oracle.getStandardDeviation(), window.sampleDeviation(), EPSILON * 100);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e6, 1e9, 1e12, -1e12})
  void anOutlierLeavesNothingBehind(double outlier) {
    int length = 252;
    RollingWindow window = new RollingWindow(length);
    DescriptiveStatistics oracle = new DescriptiveStatistics(length);
    Random random = new Random(length);
    for (int i = 0; i < 3 * length; i++) {
      double price = i == 1 ? outlier : 1000 + random.nextDouble();
      window.add(price);
      oracle.addValue(price);
      if (i > length) {
        assertEquals(oracle.getMean(), window.mean(), EPSILON * oracle.getMean());
        double deviation = oracle.getStandardDeviation();
        assertEquals(deviation, window.sampleDeviation(), EPSILON * deviation);
      }
    }
  }

  @Test
  void bollingerBandsAgreeWithTaLib() {
    double[] prices = prices(7, 500);
    double[] upper = new double[prices.length];
    double[] middle = new double[prices.length];
    double[] lower = new double[prices.length];
    MInteger begin = new MInteger();
    MInteger count = new MInteger();
    new Core()
        .bbands(
            0, prices.length - 1, prices, 20, 2, 2, MAType.Sma, begin, count, upper, middle, lower);
    RollingWindow window = new RollingWindow(20);
    for (int i = 0; i < prices.length; i++) {
      window.add(prices[i]);
      if (i >= begin.value) {
        double width = 2 * window.populationDeviation();
        assertEquals(upper[i - begin.value], window.mean() + width, 1e-6);
        assertEquals(lower[i - begin.value], window.mean() - width, 1e-6);
      }
    }
    assertEquals(prices.length - 19, count.value);
  }

  @Test
  void nullsTakeARowAndNoValue() {
    RollingWindow window = new RollingWindow(3);
    for (double value : new double[] {1, Double.NaN, 3}) {
      window.add(value);
    }
    assertEquals(2, window.count());
    assertEquals(2, window.mean());
    window.add(Double.NaN);
    assertEquals(1, window.count());
    assertEquals(3, window.max());
    window.add(Double.NaN);
    window.add(Double.NaN);
    assertEquals(0, window.count());
    assertTrue(Double.isNaN(window.mean()));
    assertTrue(Double.isNaN(window.min()));
  }

  @Test
  void aFlatWindowHasADeviationOfExactlyZero() {
    RollingWindow window = new RollingWindow(20);
    for (double price : prices(1, 1_000)) {
      window.add(price);
    }
    for (int i = 0; i < 20; i++) {
      window.add(0.1);
    }
    assertEquals(0, window.sampleDeviation());
    assertEquals(0.1, window.mean());
  }

  @Test
  void roundingDoesNotAddUp() {
    RollingWindow window = new RollingWindow(20);
    // A spike of 1e12 leaves an error of 1e-4 in a running sum for ever.
    window.add(1e12);
    double[] prices = prices(3, 100_000);
    for (double price : prices) {
      window.add(price);
    }
    DescriptiveStatistics oracle =
        new DescriptiveStatistics(Arrays.copyOfRange(prices, prices.length - 20, prices.length));
    assertEquals(oracle.getStandardDeviation(), window.sampleDeviation(), EPSILON);
  }

  @Test
  void roundingStaysBelowNineDigitsOverTenMillionRows() {
    int length = 252;
    SplittableRandom random = new SplittableRandom(11);
    RollingWindow window = new RollingWindow(length);
    double[] last = new double[length];
    double worst = 0;
    for (int i = 0; i < 10_000_000; i++) {
      // At times far off, which a running sum would never forget.
      double price = 1_000 + random.nextDouble() * (i % 100_000 == 0 ? 1_000_000 : 1);
      last[i % length] = price;
      window.add(price);
      // 16 rows short of the next sum from scratch, where the error is largest.
      if (i % length == length - 16 && i % 1_000 < 4) {
        DescriptiveStatistics oracle = new DescriptiveStatistics(last);
        worst = Math.max(worst, Math.abs(window.mean() / oracle.getMean() - 1));
        worst =
            Math.max(worst, Math.abs(window.sampleDeviation() / oracle.getStandardDeviation() - 1));
      }
    }
    assertTrue(worst > 0, "nothing was compared");
    assertTrue(worst < EPSILON, "off by " + worst);
  }

  @Test
  void oneValueHasAMeanAndNoSampleDeviation() {
    RollingWindow window = new RollingWindow(5);
    window.add(42);
    assertEquals(42, window.mean());
    assertEquals(0, window.populationDeviation());
    assertTrue(Double.isNaN(window.sampleDeviation()));
  }

  @Test
  void clearBeginsANewSeries() {
    RollingWindow window = new RollingWindow(3);
    window.add(1);
    window.add(2);
    window.clear();
    window.add(10);
    assertEquals(1, window.count());
    assertEquals(10, window.mean());
    assertEquals(10, window.min());
  }
}
