package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.job.JobFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows go in from the last day back to the first, as they are sorted. */
class AdjustAnalysisTest {

  private static Object[] row(int day, Double close, Long volume) {
    return new Object[] {"A", (long) day, day, 0, null, null, close, volume};
  }

  private static Object[] event(int day, Double split, Double dividend) {
    return new Object[] {"A", (long) day, day, 1, split, dividend, null, null};
  }

  /** Ticker, time, close, volume, factor of each row, from the first day on. */
  private static List<Object[]> adjusted(Object[]... rows) {
    AdjustAnalysis analysis = new AdjustAnalysis("actions", List.of("close", "volume"));
    List<Object[]> made = new ArrayList<>();
    analysis.begin("A");
    for (Object[] row : rows) {
      analysis.row(row, made::add);
    }
    analysis.end(made::add);
    java.util.Collections.reverse(made);
    return made;
  }

  private static List<Double> factors(Object[]... rows) {
    return adjusted(rows).stream().map(row -> (Double) row[4]).toList();
  }

  /** Source: Yahoo, "What is the adjusted close?", help.yahoo.com/kb/SLN28256.html. */
  @Test
  void agreesWithTheTableThatYahooExplainsItsAdjustedCloseBy() {
    List<Object[]> made =
        adjusted(
            row(6, 24.53, 10L),
            event(6, null, 0.08),
            row(5, 24.95, 10L),
            row(4, 24.91, 10L),
            row(3, 24.96, 10L),
            event(3, 2.0, null),
            row(2, 48.30, 10L),
            row(1, 46.99, 10L));
    double[] published = {23.42, 24.07, 24.88, 24.83, 24.87, 24.53};
    for (int i = 0; i < published.length; i++) {
      assertEquals(published[i], (Double) made.get(i)[2], 0.005);
    }
    assertEquals(List.of(20L, 20L, 10L, 10L, 10L, 10L), made.stream().map(row -> row[3]).toList());
  }

  @Test
  void twoEventsOfOneDayMultiply() {
    assertEquals(
        List.of(0.5 * 0.9 * 0.8, 1.0),
        factors(row(2, 5.0, 1L), event(2, 2.0, 1.0), event(2, null, 2.0), row(1, 10.0, 1L)));
  }

  @Test
  void anEventBeforeTheFirstRowOrWithNoCloseBeforeItChangesNothing() {
    assertEquals(
        List.of(1.0, 1.0),
        factors(row(3, 5.0, 1L), event(3, null, 1.0), row(2, null, 1L), event(1, 2.0, 9.0)));
  }

  @Test
  void anEventAfterTheLastRowCounts() {
    assertEquals(List.of(0.4), factors(event(9, 2.0, null), event(9, null, 1.0), row(1, 5.0, 1L)));
  }

  @Test
  void aRowWithoutACloseGetsTheFactorsOfTheLaterEventsAlone() {
    // Both dividends are held against the close of day 1, the last one above 0 before them.
    assertEquals(
        List.of(0.9 * 0.8, 0.9, 0.9, 1.0),
        factors(
            row(5, 9.0, 1L),
            event(5, null, 1.0),
            row(4, null, 1L),
            row(3, 0.0, 1L),
            event(2, null, 2.0),
            row(1, 10.0, 1L)));
  }

  @Test
  void nothingBecomesOfNullAndNegativePricesAreScaledLikeOthers() {
    List<Object[]> made = adjusted(event(9, 4.0, null), row(2, -8.0, null), row(1, null, 3L));
    assertEquals(-2.0, made.get(1)[2]);
    assertEquals(null, made.get(1)[3]);
    assertEquals(null, made.get(0)[2]);
    assertEquals(12L, made.get(0)[3]);
  }

  @Test
  void sharesOfAReverseSplitAreRoundedToTheNearest() {
    assertEquals(
        List.of(1L, 2L, 0L),
        adjusted(event(9, 0.1, null), row(3, 1.0, 4L), row(2, 1.0, 15L), row(1, 1.0, 14L)).stream()
            .map(row -> row[3])
            .toList());
    // 0.3 is a little less in binary.
    assertEquals(2L, adjusted(event(9, 0.3, null), row(3, 1.0, 5L)).get(0)[3]);
  }

  @Test
  void whatCantBeIsNamedWithTickerDayAndRemedy() {
    String split = refused(event(1, 0.0, null));
    assertTrue(split.contains("'A' has a split of 0.0 on 1970-01-02"), split);
    assertTrue(split.contains("correct it in 'actions'"), split);
    String high = refused(event(1, null, 12.0), row(0, 12.0, 1L));
    assertTrue(high.contains("not below the close of 12.0"), high);
    assertTrue(refused(event(1, null, -1.0)).contains("below 0"));
    String volume = refused(event(1, 3.0, null), row(0, 12.0, Long.MAX_VALUE));
    assertTrue(volume.contains("more than 64 bits"), volume);
  }

  private static String refused(Object[]... rows) {
    JobFailure failure = assertThrows(JobFailure.class, () -> adjusted(rows));
    assertEquals(Reason.BAD_VALUE, failure.kind());
    return failure.getMessage();
  }

  @Test
  void agreesWithTheDefinitionOnRandomEvents() {
    Random random = new Random(5);
    int days = 300;
    double[] closes = random.doubles(days, 50, 150).toArray();
    double[] dividends = new double[days];
    double[] splits = new double[days];
    List<Object[]> rows = new ArrayList<>();
    for (int day = days - 1; day >= 0; day--) {
      rows.add(row(day, closes[day], 1L));
      dividends[day] = random.nextInt(20) == 0 ? random.nextDouble() : 0;
      splits[day] = random.nextInt(50) == 0 ? 1 + random.nextInt(3) : 1;
      rows.add(event(day, splits[day], dividends[day]));
    }
    List<Double> factors = factors(rows.toArray(Object[][]::new));
    for (int day = 0; day < days; day++) {
      double product =
          IntStream.range(day + 1, days)
              .mapToDouble(ex -> (1 - dividends[ex] / closes[ex - 1]) / splits[ex])
              .reduce(1, (a, b) -> a * b);
      assertEquals(product, factors.get(day), 1e-12 * product);
    }
  }
}
