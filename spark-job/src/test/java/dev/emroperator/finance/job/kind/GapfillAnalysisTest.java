package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.kind.Gapfill;
import dev.emroperator.finance.api.kind.Gapfill.Method;
import dev.emroperator.finance.job.JobFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class GapfillAnalysisTest {

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "ticker string, time bigint, open double, close double, volume bigint, sector string");

  private static List<Object[]> filled(
      Method method, Integer limit, long[] grid, Object[]... rows) {
    GapfillAnalysis analysis =
        new GapfillAnalysis(
            new Gapfill(null, null, method, limit), new Grid.Observed(grid), SCHEMA);
    List<Object[]> made = new ArrayList<>();
    analysis.begin("A");
    for (Object[] row : rows) {
      analysis.row(row, made::add);
    }
    analysis.end(made::add);
    return made;
  }

  private static Object[] row(long time, Double close, Long volume) {
    return new Object[] {"A", time, 1.0, close, volume, "tech"};
  }

  private static final long[] GRID = {1, 2, 3, 4, 5, 6};

  private static List<Object[]> gap(Method method, Integer limit) {
    return filled(method, limit, GRID, row(2, 10.0, 100L), row(5, 16.0, 101L));
  }

  @Test
  void nothingIsMadeBeforeTheFirstAndAfterTheLastRow() {
    assertEquals(
        List.of(2L, 3L, 4L, 5L), gap(Method.NONE, null).stream().map(row -> row[1]).toList());
    assertEquals(1, filled(Method.PREVIOUS, null, GRID, row(3, 1.0, 1L)).size());
    assertEquals(0, filled(Method.PREVIOUS, null, GRID).size());
  }

  @Test
  void eachMethodHoldsWhatItSays() {
    assertArrayEquals(
        new Object[] {"A", 3L, 1.0, 10.0, 100L, "tech", true}, gap(Method.PREVIOUS, null).get(1));
    assertArrayEquals(
        new Object[] {"A", 4L, 1.0, 14.0, 101L, null, true}, gap(Method.LINEAR, null).get(2));
    assertArrayEquals(
        new Object[] {"A", 3L, null, null, null, null, true}, gap(Method.NONE, null).get(1));
    assertArrayEquals(
        new Object[] {"A", 3L, 10.0, 10.0, 0L, null, true}, gap(Method.ZERO, null).get(1));
    assertArrayEquals(
        new Object[] {"A", 5L, 1.0, 16.0, 101L, "tech", false}, gap(Method.ZERO, null).get(3));
  }

  @Test
  void afterTheLimitRowsHoldNothing() {
    List<Object[]> made = gap(Method.PREVIOUS, 1);
    assertEquals(10.0, made.get(1)[3]);
    assertArrayEquals(new Object[] {"A", 4L, null, null, null, null, true}, made.get(2));
  }

  @Test
  void aNullStaysAndIsPassedOnAndHasNoLine() {
    List<Object[]> previous =
        filled(Method.PREVIOUS, null, GRID, row(1, null, 5L), row(3, 3.0, 5L));
    assertEquals(null, previous.get(1)[3]);
    List<Object[]> linear = filled(Method.LINEAR, null, GRID, row(1, null, 5L), row(3, 3.0, 5L));
    assertEquals(null, linear.get(1)[3]);
    List<Object[]> zero =
        filled(Method.ZERO, null, GRID, row(1, 7.0, 5L), row(2, null, 5L), row(4, 3.0, null));
    assertEquals(7.0, zero.get(2)[3]);
  }

  @Test
  void noVolumeIsZeroAlsoBetweenRowsThatHaveNone() {
    List<Object[]> zero = filled(Method.ZERO, null, GRID, row(1, 7.0, null), row(3, 3.0, null));
    assertEquals(0L, zero.get(1)[4]);
  }

  @Test
  void rowsAtOtherTimesAndOfEqualTimesStay() {
    List<Object[]> made =
        filled(
            Method.NONE,
            null,
            new long[] {10, 20, 30},
            row(10, 1.0, 1L),
            row(15, 2.0, 1L),
            row(15, 3.0, 1L),
            row(30, 4.0, 1L));
    assertEquals(List.of(10L, 15L, 15L, 20L, 30L), made.stream().map(row -> row[1]).toList());
  }

  @Test
  void linearAgreesWithCommonsMathOnRandomGaps() {
    Random random = new Random(3);
    long[] grid = new long[1_000];
    Arrays.setAll(grid, i -> 1_000_000L * i * 60);
    TreeMap<Long, Double> known = new TreeMap<>();
    for (int i = 0; i < 200; i++) {
      known.put(grid[random.nextInt(grid.length)], random.nextDouble() * 100 - 50);
    }
    PolynomialSplineFunction line =
        new LinearInterpolator()
            .interpolate(
                known.keySet().stream().mapToDouble(Long::doubleValue).toArray(),
                known.values().stream().mapToDouble(Double::doubleValue).toArray());
    List<Object[]> made =
        filled(
            Method.LINEAR,
            null,
            grid,
            known.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), 1L))
                .toArray(Object[][]::new));
    assertEquals((known.lastKey() - known.firstKey()) / 60_000_000 + 1, made.size());
    for (Object[] row : made) {
      assertEquals(line.value((Long) row[1]), (Double) row[3], 1e-9);
    }
  }

  @Test
  void aGapThatIsTooLargeIsNamed() {
    GapfillAnalysis analysis =
        new GapfillAnalysis(
            new Gapfill(Gapfill.Grid.ALL, "1m", null, null), Grid.of("1m", "UTC", false), SCHEMA);
    analysis.begin("A");
    analysis.row(row(0, 1.0, 1L), made -> {});
    JobFailure failure =
        assertThrows(
            JobFailure.class, () -> analysis.row(row(70_000_000_000_000L, 1.0, 1L), made -> {}));
    assertTrue(failure.getMessage().contains("ticker 'A' has a gap"), failure.getMessage());
  }

  private static List<String> times(String every, boolean weekdaysOnly, String from, int count) {
    Grid grid = Grid.of(every, "America/New_York", weekdaysOnly);
    List<String> times = new ArrayList<>();
    long time = Instant.parse(from).toEpochMilli() * 1_000;
    for (int i = 0; i < count; i++) {
      time = grid.after(time);
      times.add(Instant.ofEpochMilli(time / 1_000).toString());
    }
    return times;
  }

  @Test
  void daysBeginAtMidnightOnBothSidesOfAClockChange() {
    assertEquals(
        List.of("2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z"),
        times("1d", false, "2024-03-09T05:00:00Z", 2));
    assertEquals(
        List.of("2024-03-11T04:00:00Z", "2024-03-12T04:00:00Z"),
        times("1d", true, "2024-03-08T14:30:00Z", 2));
  }

  @Test
  void theHourThatAClockShowsTwiceIsTwoAndStepsBeginAnewAtMidnight() {
    assertEquals(
        List.of("2024-11-03T04:00:00Z", "2024-11-03T09:00:00Z"),
        times("5h", false, "2024-11-03T03:59:00Z", 2));
    assertEquals(
        25, times("1h", false, "2024-11-03T03:59:59Z", 26).indexOf("2024-11-04T05:00:00Z"));
  }

  @Test
  void afterFridaysLastMinuteComesMondaysFirst() {
    assertEquals(
        List.of("2024-01-06T04:59:00Z", "2024-01-08T05:00:00Z", "2024-01-08T05:01:00Z"),
        times("1m", true, "2024-01-06T04:58:30Z", 3));
  }
}
