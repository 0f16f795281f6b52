package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.kind.Adjust;
import dev.emroperator.finance.api.kind.Gapfill;
import dev.emroperator.finance.api.kind.Gapfill.Grid;
import dev.emroperator.finance.api.kind.Gapfill.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real prices, adjusted and without gaps, against what others made of them. */
class AdjustAndGapfillTest {

  private static final String STOCKS = "read_csv('" + LocalRun.stocks() + "')";
  private static final Path ACTIONS =
      Path.of("../examples/data/actions/actions.csv").toAbsolutePath().normalize();

  @TempDir Path folder;

  private static Input actions() {
    Columns columns =
        new Columns(
            "exDate", null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null);
    return new Input(
        "actions", "s3://ignored/", Format.CSV, columns, null, LocalRun.NEW_YORK, null, null);
  }

  /** Yahoo's column is adjusted to a later day, so the two differ by one factor. */
  @Test
  void adjustedClosesAreInProportionToThoseOfYahoo() {
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .input(actions(), ACTIONS)
            .analysis("adjusted", "prices", new Adjust("actions", null));
    assertEquals(List.of(), run.run());
    String adjusted = parquet(run.result("adjusted"));
    // What Yahoo rounded makes dividends of 2.57 to 2.75 USD of the 2.65 that were paid.
    String ratio =
        "SELECT count(*), max(x) FILTER (d < '2012-08-09') / min(x) FILTER (d < '2012-08-09') < 1.0001,"
            + " max(x) / min(x) < 1.0005 FROM (SELECT p.Date AS d, a.close / \"Adj Close\" AS x FROM "
            + STOCKS
            + " p JOIN "
            + adjusted
            + " a ON p.Ticker = a.ticker AND p.Date = a.date WHERE p.Ticker = 'AAPL')";
    assertEquals(List.of(List.of(3_270L, true, true)), query(ratio));
    Rows.assertSame(
        query(
            "SELECT Ticker, Date, Volume * CASE WHEN Ticker = 'AAPL' AND Date < '2000-06-21' THEN 4"
                + " WHEN Ticker = 'AAPL' AND Date < '2005-02-28' THEN 2"
                + " WHEN Ticker = 'MSFT' AND Date < '2003-02-18' THEN 2 ELSE 1 END FROM "
                + STOCKS
                + " ORDER BY 1, 2"),
        query("SELECT ticker, date, volume FROM " + adjusted + " ORDER BY 1, 2"));
    assertEquals(
        List.of(List.of(1.0)),
        query(
            "SELECT DISTINCT factor FROM " + adjusted + " WHERE ticker IN ('IBM', 'GOOG', 'FB')"));
  }

  @Test
  void anEventThatCantBeIsNamedByTheErrorOfTheAnalysis() throws IOException {
    Path actions =
        Files.writeString(
            folder.resolve("wrong.csv"), "ticker,exDate,split,dividend\nIBM,2010-01-05,-2,\n");
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .prices()
            .input(actions(), actions)
            .analysis("adjusted", "prices", new Adjust("actions", null));
    assertEquals(1, run.run().size());
    assertEquals("BadValue", run.error("adjusted").kind());
    assertEquals(
        "ticker 'IBM' has a split of -2.0 on 2010-01-05 that is not above 0: correct it in 'actions'",
        run.error("adjusted").message());
  }

  private static String weekdays(String value) {
    return """
        WITH p AS (SELECT * FROM STOCKS),
        days AS (SELECT Ticker, unnest(range(min(Date)::TIMESTAMP, max(Date)::TIMESTAMP + INTERVAL 1 DAY, INTERVAL 1 DAY))::DATE AS day
          FROM p GROUP BY 1)
        SELECT d.Ticker, d.day, VALUE, p.Date IS DISTINCT FROM d.day AS filled
        FROM (SELECT * FROM days WHERE isodow(day) < 6) d ASOF JOIN p ON d.Ticker = p.Ticker AND d.day >= p.Date
        ORDER BY 1, 2
        """
        .replace("STOCKS", STOCKS)
        .replace("VALUE", value);
  }

  @Test
  void holidaysAreFilledAsDuckDbFillsThem() {
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .analysis("previous", "prices", new Gapfill(Grid.WEEKDAYS, "1d", Method.PREVIOUS, null))
            .analysis("still", "prices", new Gapfill(Grid.WEEKDAYS, "1d", Method.ZERO, null))
            .analysis("observed", "prices", new Gapfill(null, null, Method.NONE, null));
    assertEquals(List.of(), run.run());
    Rows.assertSame(
        query(weekdays("p.Open, p.Volume")),
        query(
            "SELECT ticker, date, open, volume, filled FROM "
                + parquet(run.result("previous"))
                + " ORDER BY 1, 2"));
    Rows.assertSame(
        query(
            weekdays(
                "if(p.Date = d.day, p.Open, p.Close), if(p.Date = d.day, p.Volume, 0::BIGINT)")),
        query(
            "SELECT ticker, date, open, volume, filled FROM "
                + parquet(run.result("still"))
                + " ORDER BY 1, 2"));
    Rows.assertSame(
        query(
            "SELECT count(*) FROM (SELECT DISTINCT Date FROM STOCKS) d JOIN (SELECT Ticker, min(Date) AS a, max(Date) AS z FROM STOCKS GROUP BY 1) t ON d.Date BETWEEN a AND z"
                .replace("STOCKS", STOCKS)),
        List.of(List.of(run.manifest("observed").rows())));
  }
}
