package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.job.TaLib;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingAnalysisTest {

  private static final double NONE = Double.NaN;

  /** Rows of a value and of a time as the kernel reads it, each a minute after the one before. */
  private static double[][] minutes(double... values) {
    double[][] rows = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = new double[] {values[i], i * 60.0, 0};
    }
    return rows;
  }

  private static double[][] of(Rolling rolling, double... values) {
    return Walk.through(new RollingAnalysis(rolling), rolling.names().size(), minutes(values));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2, 2.5})
  void bandsOfAnyWidthAgreeWithTaLibInRowsAndInTime(double k) {
    double[] closes = Walk.closes(7, 500);
    double[][] expected = TaLib.bands(closes, 20, k);
    Rolling rolling =
        new Rolling("close", List.of(20), List.of("20m"), List.of(Statistic.BOLLINGER), 20, k);
    double[][] given = of(rolling, closes);
    for (int i = 0; i < closes.length; i++) {
      for (int band = 0; band < 2; band++) {
        assertEquals(expected[band][i], given[i][1 + band], 1e-6);
        assertEquals(expected[band][i], given[i][3 + band], 1e-6);
      }
    }
  }

  @Test
  void bandsAreTwoDeviationsWideByDefault() {
    double[] closes = Walk.closes(8, 100);
    List<Statistic> bands = List.of(Statistic.BOLLINGER);
    double[][] given = of(new Rolling("close", List.of(20), bands, null), closes);
    double[][] two = of(new Rolling("close", List.of(20), null, bands, null, 2.0), closes);
    for (int i = 0; i < closes.length; i++) {
      assertArrayEquals(two[i], given[i]);
    }
  }

  @Test
  void aRangeNeedsOneValueAndAWindowAllUnlessMinPeriodsAreGiven() {
    List<Statistic> sum = List.of(Statistic.SUM);
    double[][] byDefault =
        of(new Rolling("close", List.of(2), List.of("2m"), sum, null, null), 1, NONE, NONE, 4, 5);
    assertArrayEquals(new double[] {1, NONE, 1}, byDefault[0]);
    assertArrayEquals(new double[] {NONE, NONE, 1}, byDefault[1]);
    assertArrayEquals(new double[] {NONE, NONE, NONE}, byDefault[2]);
    assertArrayEquals(new double[] {4, NONE, 4}, byDefault[3]);
    assertArrayEquals(new double[] {5, 9, 9}, byDefault[4]);
    double[][] two = of(new Rolling("close", null, List.of("2m"), sum, 2, null), 1, NONE, 4, 5);
    assertArrayEquals(new double[] {4, NONE}, two[2]);
    assertArrayEquals(new double[] {5, 9}, two[3]);
  }

  @Test
  void timesAreTakenToTheMicrosecondHoweverFarFromNow() {
    Rolling rolling = new Rolling("close", null, List.of("1s"), List.of(Statistic.SUM), null, null);
    double year9999 = 253_400_000_000.0;
    double[][] given =
        Walk.through(
            new RollingAnalysis(rolling),
            2,
            new double[] {1, year9999, 1},
            new double[] {2, year9999, 2},
            new double[] {4, year9999 + 1, 1});
    assertEquals(6, given[2][1]);
  }

  @Test
  void anotherTickerBeginsWithoutAPast() {
    Rolling rolling =
        new Rolling("close", List.of(3), List.of("5m"), List.of(Statistic.values()), 1, null);
    RollingAnalysis kernel = new RollingAnalysis(rolling);
    double[][] rows = minutes(Walk.roughCloses(6, 50));
    double[][] once = Walk.through(kernel, rolling.names().size(), rows);
    assertArrayEquals(once, Walk.through(kernel, rolling.names().size(), rows));
  }

  /** What a result is made of is known by its plan, which must not change by what nobody wrote. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'column':'close','windows':[20],'stats':['mean'],'minPeriods':null}",
        "{'column':'close','ranges':['7d'],'stats':['bollinger'],'minPeriods':2,'bandWidth':2.5}"
      })
  void thePlanHoldsWhatTheUserHasWritten(String written) throws Exception {
    ObjectMapper json = new ObjectMapper();
    String quoted = written.replace('\'', '"');
    assertEquals(quoted, json.writeValueAsString(json.readValue(quoted, Rolling.class)));
  }
}
