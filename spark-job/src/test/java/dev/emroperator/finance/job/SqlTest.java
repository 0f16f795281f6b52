package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.api.kind.Sql;
import dev.emroperator.finance.api.run.Manifest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Selects over real prices, and the ways out of a select that only Spark's analysis can see. */
class SqlTest {

  private static final String STOCKS = "read_csv('" + LocalRun.stocks() + "')";

  @TempDir Path folder;

  private static Sql sql(String select, String... columns) {
    return new Sql(select, null, List.of(columns), null);
  }

  @Test
  void seriesAndTablesAgreeWithDuckDb() {
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .bars("us-daily", "prices", "1d", Field.CLOSE, Field.VOLUME)
            .analysis(
                "gap",
                "us-daily",
                sql(
                    "SELECT close - lag(close) OVER w AS gap, time, ticker FROM `us-daily`"
                        + " WINDOW w AS (PARTITION BY ticker ORDER BY time)",
                    "gap",
                    "time",
                    "ticker"))
            .rolling("trend", "gap", "gap", List.of(20), Statistic.MEAN)
            .analysis(
                "best",
                "prices",
                new Sql(
                    "WITH t AS (SELECT ticker, max(close) AS top FROM `us-daily` GROUP BY ticker)"
                        + " SELECT t.ticker, year(p.date) AS year, t.top, count(*) AS days FROM prices p"
                        + " JOIN t ON p.ticker = t.ticker AND p.close = t.top GROUP BY ALL ORDER BY t.top",
                    List.of("us-daily"),
                    List.of("ticker", "year", "top", "days"),
                    5))
            .as(Format.PARQUET, PartitionBy.YEAR);
    assertEquals(List.of(), run.run());

    String gap = "Close - lag(Close) OVER (PARTITION BY Ticker ORDER BY Date)";
    Rows.assertSame(
        query("SELECT Ticker, Date, " + gap + ", year(Date) FROM " + STOCKS + " ORDER BY 1, 2"),
        query(
            "SELECT ticker, date, gap, year FROM "
                + parquet(run.result("gap"))
                + " ORDER BY 1, 2"));
    assertEquals(12_154, run.manifest("trend").rows());
    Rows.assertSame(
        query(
            "SELECT s.Ticker, year(Date)::INT, Close, count(*) FROM "
                + STOCKS
                + " s JOIN (SELECT Ticker, max(Close) AS top FROM "
                + STOCKS
                + " GROUP BY ALL) t ON s.Ticker = t.Ticker AND Close = top GROUP BY ALL ORDER BY 1, 2"),
        query("SELECT * FROM " + parquet(run.result("best")) + " ORDER BY 1, 2"));
    assertEquals(
        List.of(
            new Manifest.Column("ticker", "string"),
            new Manifest.Column("year", "int"),
            new Manifest.Column("top", "double"),
            new Manifest.Column("days", "bigint")),
        run.manifest("best").columns());
  }

  @Test
  void theRangeLeavesATableThatIsNoSeriesAsItIs() {
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .analysis(
                "quarters",
                "prices",
                sql("SELECT DISTINCT concat('Q', quarter(time)) AS date FROM prices", "date"))
            .range("2010-01-01", null, 0);
    assertEquals(List.of(), run.run());
    assertEquals(4, run.manifest("quarters").rows());
  }

  @Test
  void aBarThatHoldsTheFirstDayStays() {
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .bars("monthly", "prices", "1mo", Field.CLOSE)
            .analysis(
                "same",
                "monthly",
                sql("SELECT ticker, time, close FROM monthly", "ticker", "time", "close"))
            .range("2005-01-15", "2005-03-31", 40);
    assertEquals(List.of(), run.run());
    assertEquals(run.manifest("monthly").rows(), run.manifest("same").rows());
  }

  @Test
  void whatCanNotBeResolvedReadOrRepeatedFailsAloneAndSaysWhy() {
    LocalRun.spark()
        .sql("CREATE TABLE IF NOT EXISTS secret (x INT) USING csv LOCATION '" + folder + "/s'");
    Map<Sql, String> refused = new LinkedHashMap<>();
    refused.put(sql("SELECT max(clse) AS x FROM prices", "x"), "clse");
    refused.put(sql("SELECT max(close) AS x FROM prices", "y"), "[x], but sql.columns says [y]");
    refused.put(new Sql("SELECT close FROM prices", null, List.of("close"), 12_153), "12153 rows");
    refused.put(sql("SELECT current_date AS x FROM prices", "x"), "another one in the next run");
    refused.put(sql("SELECT max(current_user) AS x FROM prices", "x"), "another one");
    refused.put(sql("SELECT max(close) x FROM prices WHERE date < 'today'", "x"), "today");
    refused.put(sql("SELECT cast(concat('to', 'day') AS date) AS x", "x"), "pieces of text");
    refused.put(sql("SELECT to_date(concat('to', 'day')) AS x", "x"), "pieces of text");
    refused.put(sql("SELECT first(close) AS x FROM prices", "x"), "min_by");
    refused.put(sql("SELECT first(close) OVER () AS x FROM prices", "x"), "ORDER BY");
    refused.put(
        sql(
            "SELECT (SELECT max(x) FROM secret) AS x FROM"
                + " (WITH secret AS (SELECT 1 AS x) SELECT * FROM secret)",
            "x"),
        "none of its tables");
    refused.put(sql("SELECT max(_metadata.file_path) AS x FROM prices", "x"), "_metadata");
    refused.put(sql("SELECT array(1) AS x", "x"), "array<int>, but it must be a number");
    refused.put(sql("SELECT NULL AS x", "x"), "void");
    refused.put(sql("SELECT 1 AS ticker, time FROM prices", "ticker", "time"), "string: cast it");
    refused.put(
        sql("SELECT max(volume) * max(volume) * max(volume) AS x FROM prices", "x"), "overflow");
    refused.put(
        sql("SELECT nullif(ticker, 'IBM') AS ticker, time FROM prices", "ticker", "time"),
        "column 'ticker' as null, but it is a key");
    refused.put(sql("SELECT double('NaN') AS x", "x"), "column 'x' as NaN or infinity");
    refused.put(sql("SELECT float(close * 1e300) AS x FROM prices", "x"), "NaN or infinity");
    refused.put(sql("SELECT to_timestamp('T09:30:00') AS x", "x"), "write it with its year");
    refused.put(sql("SELECT cast(ticker AS timestamp) AS x FROM prices", "x"), "use to_timestamp");
    refused.put(
        sql("SELECT cast(array('09:30') AS array<timestamp>)[0] AS x", "x"), "cast each of them");
    LocalRun run = new LocalRun(folder).prices();
    List<Sql> selects = List.copyOf(refused.keySet());
    for (int i = 0; i < selects.size(); i++) {
      run.analysis("bad" + i, "prices", selects.get(i));
    }
    run.analysis("good", "prices", sql("SELECT count(*) AS x FROM prices", "x"));

    List<String> lines = run.run();

    for (int i = 0; i < selects.size(); i++) {
      String told = run.error("bad" + i).message();
      assertTrue(told.contains(refused.get(selects.get(i))), selects.get(i).select() + ": " + told);
    }
    assertEquals(selects.size(), lines.size());
    assertEquals(1, run.manifest("good").rows());
  }
}
