package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Beta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real prices through beta and through DuckDB's regression functions. */
class BetaTest {

  private static final String RETURNS =
      "(SELECT Ticker, Date, Close / lag(Close) OVER (PARTITION BY Ticker ORDER BY Date) - 1 AS r FROM read_csv('"
          + LocalRun.stocks()
          + "'))";
  private static final String AGAINST_IBM =
      "(SELECT s.Ticker, s.Date, s.r, m.r AS m FROM "
          + RETURNS
          + " s LEFT JOIN "
          + RETURNS
          + " m ON m.Ticker = 'IBM' AND m.Date = s.Date)";

  @TempDir Path folder;

  private Path weights(String more) throws IOException {
    return Files.writeString(
        folder.resolve("caps.csv"),
        "ticker,marketCap\nAAPL,600.5\nMSFT,300\nIBM,200.25\nGOOG,\nFB,-1\n" + more);
  }

  private LocalRun run(String name, Beta beta, String moreWeights) throws IOException {
    return new LocalRun(folder.resolve(name))
        .prices()
        .input("caps", Format.CSV, Columns.CANONICAL, "UTC", weights(moreWeights))
        .analysis(name, "prices", beta);
  }

  @Test
  void wholeAndRollingRegressionsAgreeWithDuckDb() throws IOException {
    LocalRun run =
        run("whole", new Beta(null, "IBM", null, null, null, null), "")
            .bars("weekly", "prices", "1w", Field.CLOSE)
            .analysis("elsewhere", "prices", new Beta(null, "IBM", "weekly", null, null, null))
            .analysis("rolling", "prices", new Beta(null, "IBM", null, null, 60, null))
            .analysis("weighted", "prices", new Beta(null, null, null, "caps", null, null));
    assertEquals(List.of(), run.run());
    String statistics =
        "regr_slope(r, m) W, regr_intercept(r, m) W, corr(r, m) W ^ 2, corr(r, m) W";
    Rows.assertSame(
        query(
            "SELECT Ticker, max(Date), regr_count(r, m), "
                + statistics.replace(" W", "")
                + " FROM "
                + AGAINST_IBM
                + " GROUP BY 1 ORDER BY 1"),
        query(
            "SELECT ticker, date, n, beta, alpha, r2, correlation FROM "
                + parquet(run.result("whole"))
                + " ORDER BY 1"));
    // Weekly returns of the benchmark on the Mondays on which there are daily ones.
    Rows.assertSame(
        query(
            "WITH w AS (SELECT date_trunc('week', Date)::DATE AS Date, arg_max(Close, Date) AS c FROM STOCKS WHERE Ticker = 'IBM' GROUP BY 1),"
                    .replace("STOCKS", "read_csv('" + LocalRun.stocks() + "')")
                + " m AS (SELECT Date, c / lag(c) OVER (ORDER BY Date) - 1 AS m FROM w) SELECT Ticker, regr_count(r, m), regr_slope(r, m) FROM "
                + RETURNS
                + " LEFT JOIN m USING (Date) GROUP BY 1 ORDER BY 1"),
        query("SELECT ticker, n, beta FROM " + parquet(run.result("elsewhere")) + " ORDER BY 1"));
    Rows.assertSame(
        query(
            "SELECT Ticker, Date, n, if(n = 60, s, NULL), if(n = 60, i, NULL), if(n = 60, c ^ 2, NULL), if(n = 60, c, NULL) FROM"
                + " (SELECT Ticker, Date, regr_count(r, m) OVER w AS n, regr_slope(r, m) OVER w AS s, regr_intercept(r, m) OVER w AS i, corr(r, m) OVER w AS c FROM "
                + AGAINST_IBM
                + " WINDOW w AS (PARTITION BY Ticker ORDER BY Date ROWS BETWEEN 59 PRECEDING AND CURRENT ROW)) ORDER BY 1, 2"),
        query(
            "SELECT ticker, date, n, beta, alpha, r2, correlation FROM "
                + parquet(run.result("rolling"))
                + " ORDER BY 1, 2"));
    Rows.assertSame(
        query(
            "WITH m AS (SELECT Date, sum(r * w) / sum(w) AS m FROM "
                + RETURNS
                + " JOIN (VALUES ('AAPL', 600.5), ('MSFT', 300), ('IBM', 200.25)) v(t, w) ON t = Ticker WHERE r IS NOT NULL GROUP BY 1)"
                + " SELECT Ticker, max(Date), regr_count(r, m), "
                + statistics.replace(" W", "")
                + " FROM "
                + RETURNS
                + " LEFT JOIN m USING (Date) GROUP BY 1 ORDER BY 1"),
        query(
            "SELECT ticker, date, n, beta, alpha, r2, correlation FROM "
                + parquet(run.result("weighted"))
                + " ORDER BY 1"));
  }

  @Test
  void anUnknownBenchmarkAndATickerWithTwoWeightsAreNamed() throws IOException {
    LocalRun run =
        run("unknown", new Beta(null, "SPY", null, null, null, null), "IBM,7\n")
            .analysis("twice", "prices", new Beta(null, null, null, "caps", null, null));
    run.run();
    assertEquals("BadValue", run.error("unknown").kind());
    assertTrue(
        run.error("unknown").message().contains("benchmark 'SPY' has no row"),
        run.error("unknown").message());
    assertTrue(
        run.error("twice").message().contains("'caps' has 2 different rows for ticker 'IBM'"),
        run.error("twice").message());
  }
}
