package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;

class PearsonTest {

  private static final double NONE = Double.NaN;

  private static double[] series(Random random, int length, double mean, double gaps) {
    return random
        .doubles(length)
        .map(value -> random.nextDouble() < gaps ? NONE : mean + value)
        .toArray();
  }

  @Test
  void agreesWithCommonsMathWhereBothHaveAValue() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      double[] x = series(random, 200, 0, 0.2);
      double[] y = series(random, 200, 5, 0.3);
      int[] both =
          IntStream.range(0, 200).filter(i -> !Double.isNaN(x[i]) && !Double.isNaN(y[i])).toArray();
      double oracle =
          new PearsonsCorrelation()
              .correlation(
                  IntStream.of(both).mapToDouble(i -> x[i]).toArray(),
                  IntStream.of(both).mapToDouble(i -> y[i]).toArray());
      Pearson pearson = Pearson.of(x, y);
      assertEquals(both.length, pearson.n());
      assertEquals(oracle, pearson.correlation(), 1e-12);
    }
  }

  @Test
  void aLargeMeanTakesNoDigitsAway() {
    double[] x = {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 5};
    double[] y = {1, 2, 3, 5};
    assertEquals(1, Pearson.of(x, y).correlation(), 1e-12);
  }

  @Test
  void aConstantSeriesHasNone() {
    // The mean of three times 0.1 is not 0.1.
    assertTrue(
        Double.isNaN(
            Pearson.of(new double[] {0.1, 0.1, 0.1}, new double[] {1, 2, 3}).correlation()));
    assertTrue(
        Double.isNaN(Pearson.of(new double[] {1, NONE, 3}, new double[] {2, 9, 2}).correlation()));
  }

  @Test
  void aSeriesAndItselfAreExactlyOneAndItsNegativeMinusOne() {
    double[] x = series(new Random(1), 50, 0, 0.1);
    double[] negative = java.util.Arrays.stream(x).map(value -> -value).toArray();
    assertEquals(1, Pearson.of(x, x).correlation());
    assertEquals(-1, Pearson.of(x, negative).correlation());
  }

  @Test
  void withoutACommonPlaceThereIsNone() {
    assertEquals(new Pearson(0, NONE), Pearson.of(new double[] {1, NONE}, new double[] {NONE, 2}));
    assertEquals(new Pearson(1, NONE), Pearson.of(new double[] {1}, new double[] {2}));
    assertEquals(new Pearson(0, NONE), Pearson.of(new double[0], new double[0]));
  }
}
