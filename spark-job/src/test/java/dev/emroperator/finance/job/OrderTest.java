package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Adjust;
import dev.emroperator.finance.api.kind.Asof;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.kind.Beta;
import dev.emroperator.finance.api.kind.Correlation;
import dev.emroperator.finance.api.kind.Drawdown;
import dev.emroperator.finance.api.kind.Gapfill;
import dev.emroperator.finance.api.kind.Gapfill.Grid;
import dev.emroperator.finance.api.kind.Gapfill.Method;
import dev.emroperator.finance.api.kind.Indicators;
import dev.emroperator.finance.api.kind.Indicators.Macd;
import dev.emroperator.finance.api.kind.Returns;
import dev.emroperator.finance.api.kind.Returns.Kind;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.api.kind.Rollup;
import dev.emroperator.finance.api.kind.Rollup.Weight;
import dev.emroperator.finance.api.kind.Volatility;
import dev.emroperator.finance.api.kind.Volatility.Estimator;
import dev.emroperator.finance.job.kind.Internals;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order of rows, number of files, partitions, and what a vendor's Spark lacks decide nothing. */
class OrderTest {

  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  @TempDir Path folder;

  @AfterEach
  void setBack() {
    LocalRun.spark().conf().set(PARTITIONS, "2");
    LocalRun.spark().conf().unset(Internals.SETTING);
  }

  /** A year, in files of which each has rows of all tickers in an order of its own. */
  private Path[] prices(int files) {
    return IntStream.range(0, files).mapToObj(i -> part(files, i)).toArray(Path[]::new);
  }

  private Path part(int files, int index) {
    Path file = folder.resolve(files + "-" + index + ".parquet");
    DuckDb.execute(
        "COPY (SELECT Ticker AS ticker, timezone('America/New_York', Date::TIMESTAMP) AS time, Open AS open, High AS high, Low AS low,"
            + " if(hash(Ticker, Date) % 13 = 0, NULL, Close) AS close, if(hash(Ticker, Date) % 17 = 0, NULL, Volume) AS volume,"
            + " Low AS bid, High AS ask FROM read_csv('"
            + LocalRun.stocks()
            + "') WHERE Date >= '2012-03-01' AND hash(Date, Ticker) % "
            + files
            + " = "
            + index
            + " ORDER BY hash(Date, Ticker, "
            + files
            + ")) TO '"
            + file
            + "' (FORMAT parquet)");
    return file;
  }

  /** Splits and dividends, some of them of one day. */
  private Path[] actions(int files) {
    Path file = folder.resolve(files + "-actions.parquet");
    DuckDb.execute(
        "COPY (SELECT ticker, timezone('America/New_York', day) AS time, split, dividend FROM (VALUES ('IBM', TIMESTAMP '2012-06-01', 3.0, NULL), ('IBM', '2012-06-01', NULL, 0.7),"
            + " ('IBM', '2012-09-03', 0.3, 0.9), ('AAPL', '2012-08-09', 7.0, 2.65)) a(ticker, day, split, dividend) ORDER BY hash(ticker, dividend, "
            + files
            + ")) TO '"
            + file
            + "' (FORMAT parquet)");
    return new Path[] {file};
  }

  private Map<String, List<List<Object>>> results(int files, int partitions, boolean internals) {
    LocalRun.spark().conf().set(Internals.SETTING, internals);
    LocalRun.spark().conf().set(PARTITIONS, "" + partitions);
    Path caps = folder.resolve("caps.parquet");
    DuckDb.execute(
        "COPY (SELECT * FROM (VALUES ('AAPL', 500.0), ('IBM', 200.0), ('GOOG', 230.0)) c(ticker, marketCap)) TO '"
            + caps
            + "' (FORMAT parquet)");
    LocalRun run =
        new LocalRun(folder.resolve("out" + files + internals))
            .input("prices", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, prices(files))
            .input("caps", Format.PARQUET, Columns.CANONICAL, "UTC", caps)
            .input("actions", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, actions(files))
            .analysis("bars", "prices", new Bars("1w", List.of(Bars.Field.values())))
            .analysis("market", "prices", new Beta(null, null, "prices", "caps", null, null))
            .analysis("pairs", "prices", new Correlation(null, 4, null, null))
            .analysis(
                "groups",
                "prices",
                new Rollup("caps", "marketCap", null, List.of(Weight.VOLUME, Weight.CAP), 2))
            .analysis("quoted", "bars", new Asof("prices", null, null, null, false))
            .analysis("adjusted", "prices", new Adjust("actions", null))
            .analysis("filled", "prices", new Gapfill(Grid.ALL, "12h", Method.LINEAR, 3))
            .rolling("trend", "prices", "close", List.of(5, 20), Statistic.values())
            .analysis(
                "spans",
                "prices",
                new Rolling(
                    "close", null, List.of("7d", "30d"), List.of(Statistic.values()), 2, 2.5))
            .analysis("moved", "prices", new Returns(null, List.of(1, 20), List.of(Kind.values())))
            .analysis(
                "signals",
                "prices",
                new Indicators(null, List.of(12), List.of(14), List.of(14), new Macd(12, 26, 9)))
            .analysis(
                "risk", "prices", new Volatility(List.of(20), List.of(Estimator.values()), null))
            .analysis("losses", "prices", new Drawdown(null, null, null, null))
            .analysis("deepest", "prices", new Drawdown(null, true, 0.02, null));
    assertEquals(List.of(), run.run());
    Map<String, List<List<Object>>> results = new TreeMap<>();
    for (String name : run.plan().results().keySet()) {
      results.put(name, query("SELECT * FROM " + parquet(run.result(name)) + " ORDER BY ALL"));
    }
    return results;
  }

  @Test
  void filesAndPartitionsDecideAboutNothing() {
    Map<String, List<List<Object>>> one = results(1, 2, true);
    Map<String, List<List<Object>>> several = results(3, 3, true);
    Map<String, List<List<Object>>> plain = results(3, 3, false);
    one.forEach((name, rows) -> Rows.assertSame(rows, several.get(name)));
    one.forEach((name, rows) -> Rows.assertSame(rows, plain.get(name)));
  }

  /** A day of which the first row has no ticker, and a later one. */
  private LocalRun withoutTicker(String from) {
    Path file = folder.resolve("untold.parquet");
    DuckDb.execute(
        "COPY (SELECT time, ticker, close::DOUBLE AS close FROM (VALUES (TIMESTAMPTZ '2024-01-02 10:00:00+00', NULL, 7.0), ('2024-01-02 11:00:00+00', 'IBM', 8.0),"
            + " ('2024-01-03 10:00:00+00', 'IBM', 9.0)) r(time, ticker, close)) TO '"
            + file
            + "' (FORMAT parquet)");
    return new LocalRun(folder.resolve(from))
        .input("prices", Format.PARQUET, Columns.CANONICAL, "UTC", file)
        .range(from, "2024-01-31", 0)
        .bars("daily", "prices", "1d", Bars.Field.CLOSE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRowWithoutATickerIsAnErrorOnADayThatIsReadAndNowhereElse(boolean internals) {
    LocalRun.spark().conf().set(Internals.SETTING, internals);
    assertEquals(List.of(), withoutTicker("2024-01-03").run());

    LocalRun read = withoutTicker("2024-01-02");
    assertEquals(1, read.run().size());
    String said = read.error("daily").message();
    assertTrue(said.startsWith("column 'ticker' holds 'null', which is not a ticker, in "), said);
    assertTrue(
        said.endsWith("rule 'key' of an analysis of kind quality put such rows aside"), said);
  }
}
