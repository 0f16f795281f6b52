package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real prices through the job and through DuckDB. */
class StocksTest {

  private static final String STOCKS = "read_csv('" + LocalRun.stocks() + "')";

  @TempDir Path folder;

  @Test
  void dailyMonthlyAndRollingAgreeWithDuckDb() {
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .bars(
                "daily",
                "prices",
                "1d",
                Field.OPEN,
                Field.HIGH,
                Field.LOW,
                Field.CLOSE,
                Field.VOLUME)
            .bars("monthly", "daily", "1mo", Field.AVG_CLOSE, Field.VOLUME, Field.VWAP, Field.COUNT)
            .rolling("trend", "daily", "close", List.of(20, 252), Statistic.values());
    assertEquals(List.of(), run.run());

    Rows.assertSame(
        query(
            "SELECT Ticker, epoch_ms(timezone('America/New_York', Date::TIMESTAMP)), Date, Open, High, Low, Close, Volume FROM "
                + STOCKS
                + " ORDER BY 1, 2"),
        query(
            "SELECT ticker, epoch_ms(time), date, open, high, low, close, volume FROM "
                + parquet(run.result("daily"))
                + " ORDER BY 1, 2"));
    Rows.assertSame(
        query(
            "SELECT Ticker, date_trunc('month', Date)::DATE, avg(Close), sum(Volume)::BIGINT,"
                + " sum((High + Low + Close) / 3 * Volume) / sum(Volume), count(*) FROM "
                + STOCKS
                + " GROUP BY 1, 2 ORDER BY 1, 2"),
        query(
            "SELECT ticker, date, avgClose, volume, vwap, count FROM "
                + parquet(run.result("monthly"))
                + " ORDER BY 1, 2"));
    for (int window : List.of(20, 252)) {
      Rows.assertSame(
          query(rollingBy(window)),
          query(
              ("SELECT ticker, date, close_mean_#, close_stddev_#, close_min_#, close_max_#, close_sum_#,"
                          + " close_zscore_#, close_bollinger_lower_#, close_bollinger_upper_# FROM ")
                      .replace("#", "" + window)
                  + parquet(run.result("trend"))
                  + " ORDER BY 1, 2"));
    }
    assertEquals(12_154, run.manifest("trend").rows());
    assertEquals(100, run.progress().percent());
    assertTrue(run.progress().finished());
    assertEquals(StepState.SUCCEEDED, run.progress().steps().get(2).state());
  }

  /** One row for each price, with the statistics over the window that ends there. */
  private static String windows(int length) {
    return """
        (SELECT Ticker, Date, Close, count(*) OVER w AS n, avg(Close) OVER w AS m,
           stddev_samp(Close) OVER w AS s, stddev_pop(Close) OVER w AS p,
           min(Close) OVER w AS lo, max(Close) OVER w AS hi, sum(Close) OVER w AS t
         FROM STOCKS
         WINDOW w AS (PARTITION BY Ticker ORDER BY Date ROWS BETWEEN LENGTH - 1 PRECEDING AND CURRENT ROW))
        """
        .replace("STOCKS", STOCKS)
        .replace("LENGTH", "" + length);
  }

  private static String rollingBy(int length) {
    return """
        SELECT Ticker, Date, if(whole, m, NULL), if(whole, s, NULL), if(whole, lo, NULL),
          if(whole, hi, NULL), if(whole, t, NULL), if(whole AND s <> 0, (Close - m) / s, NULL),
          if(whole, m - 2 * p, NULL), if(whole, m + 2 * p, NULL)
        FROM (SELECT *, n = LENGTH AS whole FROM WINDOWS) ORDER BY 1, 2
        """
        .replace("WINDOWS", windows(length))
        .replace("LENGTH", "" + length);
  }

  @Test
  void warmUpFeedsTheWindowsAndIsNotPutOut() {
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .rolling("trend", "prices", "close", List.of(252), Statistic.MEAN)
            .range("2012-01-03", "2012-06-29", 400);
    assertEquals(List.of(), run.run());
    Rows.assertSame(
        query(
            "SELECT Ticker, Date, if(n = 252, m, NULL) FROM "
                + windows(252)
                + " WHERE Date BETWEEN '2012-01-03' AND '2012-06-29' ORDER BY 1, 2"),
        query(
            "SELECT ticker, date, close_mean_252 FROM "
                + parquet(run.result("trend"))
                + " ORDER BY 1, 2"));
  }

  private List<List<Object>> monthsFromTheMiddleOfJanuary(int warmup) {
    LocalRun run =
        new LocalRun(folder.resolve("" + warmup))
            .prices()
            .bars("daily", "prices", "1d", Field.CLOSE)
            .bars("monthly", "daily", "1mo", Field.CLOSE, Field.COUNT)
            .rolling("trend", "monthly", "close", List.of(2), Statistic.MEAN)
            .range("2012-01-15", "2012-03-10", warmup);
    assertEquals(List.of(), run.run());
    assertEquals(run.manifest("monthly").rows(), run.manifest("trend").rows());
    Rows.assertSame(
        query("SELECT min(Date) FROM " + STOCKS + " WHERE Date >= '2012-01-15'"),
        query("SELECT min(date) FROM " + parquet(run.result("daily"))));
    return query(
        "SELECT ticker, date, close, count FROM "
            + parquet(run.result("monthly"))
            + " ORDER BY 1, 2");
  }

  private static List<List<Object>> months(String from) {
    return query(
        "SELECT Ticker, date_trunc('month', Date)::DATE, arg_max(Close, Date), count(*) FROM "
            + STOCKS
            + " WHERE Date BETWEEN '"
            + from
            + "' AND '2012-03-10' GROUP BY 1, 2 ORDER BY 1, 2");
  }

  @Test
  void aBarThatTheFirstDayFallsIntoHoldsTheDaysFromThere() {
    Rows.assertSame(months("2012-01-15"), monthsFromTheMiddleOfJanuary(0));
  }

  @Test
  void withWarmUpABarThatTheFirstDayFallsIntoIsWhole() {
    Rows.assertSame(months("2012-01-01"), monthsFromTheMiddleOfJanuary(60));
  }

  @Test
  void writesCsvInFoldersByMonthWithEveryFileInTheManifest() throws Exception {
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .bars("daily", "prices", "1d", Field.CLOSE)
            .range("2012-11-01", "2012-12-31", 0)
            .as(Format.CSV, PartitionBy.MONTH);
    assertEquals(List.of(), run.run());
    assertTrue(Files.isDirectory(run.result("daily").resolve("month=2012-12")));
    var manifest = run.manifest("daily");
    assertEquals(2, manifest.files().size());
    for (var file : manifest.files()) {
      assertEquals(file.bytes(), Files.size(run.result("daily").resolve(file.path())));
    }
    assertEquals("month", manifest.columns().get(manifest.columns().size() - 1).name());
    Rows.assertSame(
        query(
            "SELECT count(*) FROM " + STOCKS + " WHERE Date BETWEEN '2012-11-01' AND '2012-12-31'"),
        List.of(List.of(manifest.rows())));
  }

  @Test
  void aResultThatIsThereIsNotMadeAgain() throws Exception {
    LocalRun run = new LocalRun(folder).prices().bars("daily", "prices", "1d", Field.CLOSE);
    run.run();
    Path part = run.result("daily").resolve(run.manifest("daily").files().get(0).path());
    var written = Files.getLastModifiedTime(part);
    assertEquals(List.of(), run.run());
    assertEquals(written, Files.getLastModifiedTime(part));
  }
}
