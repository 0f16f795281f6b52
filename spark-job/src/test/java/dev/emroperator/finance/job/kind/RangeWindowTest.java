package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.TimeSpan;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeWindowTest {

  private static final double EPSILON = 1e-9;
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;

  private static RangeWindow window(String range) {
    return new RangeWindow(TimeSpan.parse(range));
  }

  /** The values of a window as its definition has them: all rows are looked at, one by one. */
  private static double[] within(long[] times, double[] values, int row, String range) {
    long micros = TimeSpan.parse(range).toSeconds() * SECOND;
    return IntStream.rangeClosed(0, row)
        .filter(i -> times[i] > times[row] - micros)
        .mapToDouble(i -> values[i])
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /** Bursts of rows, some of one time, between gaps in which most of a window leaves. */
  private static long[] irregular(Random random, int length) {
    long[] times = new long[length];
    long time = -3_600 * SECOND;
    for (int i = 0; i < length; i++) {
      time +=
          switch (random.nextInt(40)) {
            case 0 -> MINUTE * random.nextInt(2_000);
            case 1 -> MINUTE;
            case 2, 3, 4, 5 -> 0;
            default -> random.nextInt(3_000_000);
          };
      times[i] = time;
    }
    return times;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1s", "1m", "30m", "1d", "999999d"})
  void agreesWithTheDefinitionOnEveryRow(String range) {
    Random random = new Random(range.hashCode());
    int length = 2_000;
    long[] times = irregular(random, length);
    double[] values = Walk.roughCloses(range.hashCode(), length);
    RangeWindow window = window(range);
    int largest = 0;
    for (int i = 0; i < length; i++) {
      window.add(times[i], values[i]);
      DescriptiveStatistics oracle = new DescriptiveStatistics(within(times, values, i, range));
      assertEquals(oracle.getN(), window.count());
      assertEquals(oracle.getMean(), window.mean(), 1e-7);
      assertEquals(oracle.getMin(), window.min());
      assertEquals(oracle.getMax(), window.max());
      if (oracle.getN() > 0) {
        assertEquals(oracle.getSum(), window.sum(), EPSILON * 1e5);
        assertEquals(Math.sqrt(oracle.getPopulationVariance()), window.populationDeviation(), 1e-7);
      }
      if (oracle.getN() > 1) {
        assertEquals(oracle.getStandardDeviation(), window.sampleDeviation(), 1e-7);
      }
      largest = Math.max(largest, window.count());
    }
    assertTrue(largest > 2, "no window of many rows: " + largest);
  }

  /**
   * {@code rolling('2s').sum()} of
   * https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.rolling.html.
   */
  @Test
  void agreesWithTheExampleOfPandas() {
    int[] seconds = {0, 2, 3, 5, 6};
    double[] values = {0, 1, 2, Double.NaN, 4};
    RangeWindow window = window("2s");
    double[] sums = new double[5];
    for (int i = 0; i < 5; i++) {
      window.add(seconds[i] * SECOND, values[i]);
      sums[i] = window.sum();
    }
    assertEquals(Arrays.toString(new double[] {0, 1, 3, Double.NaN, 4}), Arrays.toString(sums));
  }

  @Test
  void aRowExactlyTheRangeEarlierIsOutAndOneAMicrosecondLaterIsIn() {
    RangeWindow window = window("30m");
    window.add(0, 1);
    window.add(1, 2);
    window.add(30 * MINUTE, 4);
    assertEquals(6, window.sum());
    assertEquals(2, window.min());
    window.add(30 * MINUTE + 1, 8);
    assertEquals(12, window.sum());
  }

  @Test
  void rowsOfOneTimeHaveThoseBeforeThemAndNotThoseAfter() {
    RangeWindow window = window("1s");
    for (int i = 1; i <= 200; i++) {
      window.add(5 * SECOND, i);
      assertEquals(i, window.count());
      assertEquals(i, window.max());
    }
    window.add(6 * SECOND, 7);
    assertEquals(1, window.count());
    assertEquals(7, window.max());
  }

  @Test
  void onAnEvenGridItIsAWindowOfRows() {
    double[] closes = Walk.roughCloses(5, 3_000);
    RangeWindow range = window("20m");
    RollingWindow rows = new RollingWindow(20);
    for (int i = 0; i < closes.length; i++) {
      range.add(i * MINUTE, closes[i]);
      rows.add(closes[i]);
      assertEquals(rows.count(), range.count());
      assertEquals(rows.max(), range.max());
      assertEquals(rows.mean(), range.mean(), EPSILON);
      assertEquals(rows.sampleDeviation(), range.sampleDeviation(), 1e-7);
    }
  }

  /** A day is 24 hours, so what midnights are in a window depends on the clock. */
  @ParameterizedTest
  @CsvSource({
    "2024-03-11, 7d, 8",
    "2024-03-18, 7d, 7",
    "2024-11-04, 7d, 7",
    "2024-03-11, 167h, 7",
    "2024-03-18, 167h, 7",
    "2024-11-04, 167h, 7"
  })
  void countsHoursAndNotMidnights(String day, String range, int rows) {
    RangeWindow window = window(range);
    LocalDate last = LocalDate.parse(day);
    for (int before = 30; before >= 0; before--) {
      var midnight = last.minusDays(before).atStartOfDay(ZoneId.of("America/New_York"));
      window.add(midnight.toEpochSecond() * SECOND, 1);
    }
    assertEquals(rows, window.count());
  }

  @Test
  void aCrowdThatLeavesAtOnceLeavesNothingBehind() {
    RangeWindow window = window("1h");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      window.add(i * 10, 1e12 * random.nextDouble());
    }
    assertEquals(100_000, window.count());
    window.add(10 * 3_600 * SECOND, 0.1);
    assertEquals(1, window.count());
    assertEquals(0.1, window.mean());
    window.add(10 * 3_600 * SECOND, 0.3);
    assertEquals(0.2, window.mean(), 1e-16);
    assertEquals(0.1, window.populationDeviation(), 1e-15);
  }

  @Test
  void roundingStaysBelowNineDigitsOverAMillionRows() {
    SplittableRandom random = new SplittableRandom(11);
    RangeWindow window = window("5m");
    int length = 1_000_000;
    long[] times = new long[length];
    double[] values = new double[length];
    double worst = 0;
    int compared = 0;
    for (int i = 0; i < length; i++) {
      times[i] = (i == 0 ? 0 : times[i - 1]) + random.nextInt(2_000_000);
      // At times far off, which a running sum would never forget.
      values[i] = 1_000 + random.nextDouble() * (i % 10_000 == 0 ? 1_000_000 : 1);
      window.add(times[i], values[i]);
      if (i % 997 == 996) {
        int from = i;
        while (from > 0 && times[from - 1] > times[i] - 5 * MINUTE) {
          from--;
        }
        DescriptiveStatistics oracle =
            new DescriptiveStatistics(Arrays.copyOfRange(values, from, i + 1));
        worst = Math.max(worst, Math.abs(window.mean() / oracle.getMean() - 1));
        worst =
            Math.max(worst, Math.abs(window.sampleDeviation() / oracle.getStandardDeviation() - 1));
        compared++;
      }
    }
    assertEquals(1_003, compared);
    assertTrue(worst < EPSILON, "off by " + worst);
  }

  @Test
  void clearBeginsANewSeriesWhichMayBeEarlier() {
    RangeWindow window = window("7d");
    for (int i = 0; i < 500; i++) {
      window.add(i * MINUTE, i);
    }
    window.clear();
    window.add(-MINUTE, 10);
    assertEquals(1, window.count());
    assertEquals(10, window.mean());
    assertEquals(10, window.max());
  }
}
