package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Asof;
import dev.emroperator.finance.api.kind.Asof.Direction;
import dev.emroperator.finance.job.kind.Internals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trades with their quotes, here and in DuckDB. */
class AsofTest {

  @TempDir Path folder;

  /** Seconds with several quotes and gaps without any; the ticker Z has none, Q no trade. */
  private Path quotes() {
    return write(
        "quotes",
        "SELECT t AS ticker, TIMESTAMPTZ '2024-01-02 14:30:00+00' + to_seconds(hash(t, i) % 3000) AS time, i AS seq,"
            + " if(i % 50 = 0, NULL, 99.5 + hash(i, t) % 100 / 100) AS bid, 100.5 + hash(i, 7) % 100 / 100 AS ask"
            + " FROM range(1500) r(i), (VALUES ('A'), ('B'), ('Q')) x(t) ORDER BY hash(i)");
  }

  private Path trades() {
    return write(
        "trades",
        "SELECT t AS ticker, TIMESTAMPTZ '2024-01-02 14:29:00+00' + to_seconds(hash(t, i, 1) % 3200) AS time,"
            + " 100 + hash(i, t) % 200 / 100 AS price, hash(i, 2) % 900 AS volume, if(i % 3 = 0, 'buy', 'sell') AS side"
            + " FROM range(800) r(i), (VALUES ('A'), ('B'), ('Z')) x(t) ORDER BY hash(i, 3)");
  }

  private Path write(String name, String sql) {
    Path file = folder.resolve(name + ".parquet");
    DuckDb.execute("COPY (" + sql + ") TO '" + file + "' (FORMAT parquet)");
    return file;
  }

  private LocalRun run(String name, Path trades, Path quotes, Asof asof) {
    return new LocalRun(folder.resolve(name))
        .input("trades", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, trades)
        .input("quotes", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, quotes)
        .analysis(name, "trades", asof);
  }

  private static List<List<Object>> result(LocalRun run, String name) {
    return query(
        "SELECT ticker, epoch_ms(time), price, volume, bid, ask, lag, mid, spread, slippage FROM "
            + parquet(run.result(name))
            + " ORDER BY ALL NULLS FIRST");
  }

  /** Of the quotes of one time the one with the highest seq, since DuckDB takes any. */
  private List<List<Object>> oracle(String comparison, String tolerance) {
    return query(
        """
        WITH q AS (SELECT * FROM 'FOLDER/quotes.parquet' QUALIFY row_number() OVER (PARTITION BY ticker, time ORDER BY seq DESC) = 1),
          j AS (SELECT t.ticker, t.time, price, volume, side, epoch(t.time) - epoch(q.time) AS lag, bid, ask
            FROM 'FOLDER/trades.parquet' t ASOF LEFT JOIN q ON t.ticker = q.ticker AND t.time COMPARISON q.time),
          n AS (SELECT * REPLACE (if(abs(lag) <= TOLERANCE, lag, NULL) AS lag, if(abs(lag) <= TOLERANCE, bid, NULL) AS bid,
            if(abs(lag) <= TOLERANCE, ask, NULL) AS ask) FROM j)
        SELECT ticker, epoch_ms(time), price, volume::BIGINT, bid, ask, lag, (bid + ask) / 2 AS mid, 1e4 * (ask - bid) / mid,
          1e4 * if(side = 'buy', 1, -1) * (price - mid) / mid
        FROM n ORDER BY ALL NULLS FIRST
        """
            .replace("FOLDER", folder.toString())
            .replace("COMPARISON", comparison)
            .replace("TOLERANCE", tolerance));
  }

  @AfterEach
  void setInternalsBack() {
    LocalRun.spark().conf().unset(Internals.SETTING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void theLastQuoteBeforeAndTheFirstAfterAgreeWithDuckDb(String internals) {
    LocalRun.spark().conf().set(Internals.SETTING, internals);
    Path trades = trades();
    Path quotes = quotes();
    LocalRun run =
        run("backward", trades, quotes, new Asof("quotes", null, null, null, null))
            .analysis("strict", "trades", new Asof("quotes", null, Direction.BACKWARD, "4s", false))
            .analysis("forward", "trades", new Asof("quotes", null, Direction.FORWARD, "1m", null));
    assertEquals(List.of(), run.run());
    Rows.assertSame(oracle(">=", "1e9"), result(run, "backward"));
    Rows.assertSame(oracle(">", "4"), result(run, "strict"));
    Rows.assertSame(oracle("<=", "60"), result(run, "forward"));
  }

  @Test
  void ofQuotesOfOneTimeWithoutASeqTheHighestValuesCountWhateverTheOrderOfTheFile()
      throws IOException {
    String header = "ticker,time,bid,ask\n";
    List<String> lines =
        List.of(
            "A,2024-01-02 10:00:00,9,11\n", "A,2024-01-02 10:00:00,9,12\n", "B,2024-01-02,1,2\n");
    String reversed = lines.get(2) + lines.get(1) + lines.get(0);
    Path bars =
        Files.writeString(
            folder.resolve("bars.csv"),
            "ticker,time,close\nA,2024-01-02 10:00:01.5,10\nB,2024-01-01,1\n");
    for (String text : List.of(String.join("", lines), reversed)) {
      Path quotes =
          Files.writeString(folder.resolve("quotes" + text.hashCode() + ".csv"), header + text);
      LocalRun run =
          new LocalRun(folder.resolve("out" + text.hashCode()))
              .input("bars", Format.CSV, Columns.CANONICAL, LocalRun.NEW_YORK, bars)
              .input("quotes", Format.CSV, Columns.CANONICAL, LocalRun.NEW_YORK, quotes)
              .analysis("quoted", "bars", new Asof("quotes", null, null, null, null));
      assertEquals(List.of(), run.run());
      Rows.assertSame(
          List.of(
              List.of("A", 10.0, 9.0, 12.0, 1.5, 10.5, 1e4 * 3 / 10.5),
              Arrays.asList("B", 1.0, null, null, null, null, null)),
          query(
              "SELECT ticker, close, bid, ask, lag, mid, spread FROM "
                  + parquet(run.result("quoted"))
                  + " ORDER BY 1"));
    }
  }

  @Test
  void withoutQuotesEveryTradeStaysAndWithoutTradesThereIsNothing() {
    Path noQuotes = write("none", "SELECT * FROM '" + quotes() + "' WHERE seq < 0");
    Path noTrades = write("nothing", "SELECT * FROM '" + trades() + "' WHERE price < 0");
    LocalRun alone = run("alone", trades(), noQuotes, new Asof("quotes", null, null, null, null));
    assertEquals(List.of(), alone.run());
    assertEquals(
        List.of(List.of(2400L, 0L)),
        query("SELECT count(*), count(lag) FROM " + parquet(alone.result("alone"))));
    LocalRun empty = run("empty", noTrades, quotes(), new Asof("quotes", null, null, null, null));
    assertEquals(List.of(), empty.run());
    assertEquals(0, empty.manifest("empty").rows());
  }

  @Test
  void aMarketThatIsCrossedHasANegativeSpreadAndAMidOfZeroNone() throws IOException {
    Path quotes =
        Files.writeString(
            folder.resolve("quotes.csv"),
            "ticker,time,bid,ask\nA,2024-01-02,11,9\nB,2024-01-02,-1,1\nC,2024-01-02,5,\n");
    Path bars =
        Files.writeString(
            folder.resolve("bars.csv"),
            "ticker,time,close\nA,2024-01-02,1\nB,2024-01-02,1\nC,2024-01-02,1\n");
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input("bars", Format.CSV, Columns.CANONICAL, "UTC", bars)
            .input("quotes", Format.CSV, Columns.CANONICAL, "UTC", quotes)
            .analysis("quoted", "bars", new Asof("quotes", null, null, null, null));
    assertEquals(List.of(), run.run());
    Rows.assertSame(
        List.of(
            List.of("A", 0.0, 10.0, -2000.0),
            Arrays.asList("B", 0.0, 0.0, null),
            Arrays.asList("C", 0.0, null, null)),
        query(
            "SELECT ticker, lag, mid, spread FROM "
                + parquet(run.result("quoted"))
                + " ORDER BY 1"));
  }
}
