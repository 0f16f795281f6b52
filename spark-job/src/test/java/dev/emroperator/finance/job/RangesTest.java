package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.job.kind.Internals;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of time through the job and through DuckDB. */
class RangesTest {

  private static final List<String> RANGES = List.of("30m", "36h", "7d");

  /**
   * Three tickers from the first of March in New York, where clocks go forward on the 10th: a row
   * every 10 to 120 minutes, gaps of three days, and nulls.
   */
  private static final String SERIES =
      """
      WITH drawn AS (
        SELECT ticker, i, hash(ticker, i) AS h
        FROM (VALUES ('A'), ('B'), ('C')) t(ticker), range(1500) r(i)),
      steps AS (
        SELECT *, 10 * (h % 12 + 1) + if(h % 97 = 0, 4320, 0) AS minutes FROM drawn)
      SELECT ticker,
        TIMESTAMPTZ '2024-03-01 05:00:00+00' + to_minutes(
          (sum(minutes) OVER (PARTITION BY ticker ORDER BY i))::BIGINT) AS time,
        if(h % 11 = 0, NULL, 100 + (h // 256 % 1000)::DOUBLE / 10) AS close
      FROM steps
      """;

  @TempDir Path folder;

  @AfterEach
  void setBack() {
    LocalRun.spark().conf().unset(Internals.SETTING);
  }

  private LocalRun over(Path prices) {
    DuckDb.execute("COPY (" + SERIES + ") TO '" + prices + "' (FORMAT parquet)");
    return new LocalRun(folder.resolve("out"))
        .input("prices", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, prices);
  }

  /** Of the ten days after the clocks went forward. */
  private LocalRun sevenDays(Path prices, int warmUp) {
    return over(prices)
        .analysis("spans", "prices", rolling("7d"))
        .range("2024-03-11", "2024-03-20", warmUp);
  }

  /** A frame of DuckDB has both its ends, so it is a microsecond shorter than the range. */
  private static String statistics(String source, String range, String where) {
    long micros = TimeSpan.parse(range).toSeconds() * 1_000_000;
    return """
        WITH s AS (SELECT ticker, close, timezone('UTC', time) AS utc,
          timezone('America/New_York', time)::DATE AS day FROM SOURCE),
        w AS (
          SELECT *, avg(close) OVER r AS m, stddev_samp(close) OVER r AS s,
            stddev_pop(close) OVER r AS p, min(close) OVER r AS lo, max(close) OVER r AS hi,
            sum(close) OVER r AS t
          FROM s WINDOW r AS (PARTITION BY ticker ORDER BY utc
            RANGE BETWEEN INTERVAL 'LENGTH MICROSECONDS' PRECEDING AND CURRENT ROW))
        SELECT ticker, epoch_us(utc), m, s, lo, hi, t, if(hi > lo, (close - m) / s, NULL),
          m - 2.5 * p, m + 2.5 * p
        FROM w WHERE WHERE_DAY ORDER BY 1, 2
        """
        .replace("SOURCE", source)
        .replace("LENGTH", "" + (micros - 1))
        .replace("WHERE_DAY", where);
  }

  private static String given(LocalRun run, String analysis, String range) {
    return ("SELECT ticker, epoch_us(time), close_mean_#, close_stddev_#, close_min_#, close_max_#,"
                + " close_sum_#, close_zscore_#, close_bollinger_lower_#, close_bollinger_upper_# FROM ")
            .replace("#", range)
        + parquet(run.result(analysis))
        + " ORDER BY 1, 2";
  }

  private static Rolling rolling(String... ranges) {
    return new Rolling("close", null, List.of(ranges), List.of(Statistic.values()), null, 2.5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void irregularRowsAgreeWithDuckDbOverAChangeOfTheClock(boolean internals) {
    LocalRun.spark().conf().set(Internals.SETTING, internals);
    Path prices = folder.resolve("prices.parquet");
    LocalRun run =
        over(prices)
            .analysis("spans", "prices", rolling(RANGES.toArray(String[]::new)))
            .bars("daily", "prices", "1d", Field.CLOSE)
            .analysis("weeks", "daily", rolling("7d", "167h"));
    assertEquals(List.of(), run.run());
    for (String range : RANGES) {
      Rows.assertSame(
          query(statistics("read_parquet('" + prices + "')", range, "true")),
          query(given(run, "spans", range)));
    }
    for (String range : List.of("7d", "167h")) {
      Rows.assertSame(
          query(statistics(parquet(run.result("daily")), range, "true")),
          query(given(run, "weeks", range)));
    }
  }

  @Test
  void aWarmUpOfOneDayMoreThanTheRangeMakesWindowsWholeOverAChangeOfTheClock() {
    Path prices = folder.resolve("prices.parquet");
    LocalRun run = sevenDays(prices, 8);
    assertEquals(List.of(), run.run());
    Rows.assertSame(
        query(
            statistics(
                "read_parquet('" + prices + "')",
                "7d",
                "day BETWEEN '2024-03-11' AND '2024-03-20'")),
        query(given(run, "spans", "7d")));
  }

  @Test
  void withoutAWarmUpAWindowHoldsTheRowsThatAreRead() {
    Path prices = folder.resolve("prices.parquet");
    LocalRun run = sevenDays(prices, 0);
    assertEquals(List.of(), run.run());
    String read =
        "(SELECT * FROM read_parquet('"
            + prices
            + "') WHERE timezone('America/New_York', time)::DATE BETWEEN '2024-03-11' AND '2024-03-20')";
    Rows.assertSame(query(statistics(read, "7d", "true")), query(given(run, "spans", "7d")));
  }
}
