package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Quality.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad rows among the real prices, found by the job and by DuckDB. */
class QualityTest {

  private static final String STOCKS = "read_csv('" + LocalRun.stocks() + "')";

  @TempDir Path folder;

  /**
   * The real prices with every 97th low above its high, some rows twice, and some not at all right.
   */
  private String dirty() {
    return "SELECT Ticker AS ticker, Date::TIMESTAMP AS time, Open AS open, High AS high,"
        + " if(n % 97 = 0, High + 1, Low) AS low,"
        + " CASE WHEN n % 501 = 0 THEN 'NaN'::DOUBLE WHEN n % 503 = 0 THEN -Close ELSE Close END AS close,"
        + " if(n % 201 = 0, -Volume, Volume) AS volume"
        + " FROM (SELECT *, row_number() OVER (ORDER BY Ticker, Date) AS n FROM "
        + STOCKS
        + "), range(2) t(k) WHERE k = 0 OR n % 301 = 0"
        + " UNION ALL SELECT Ticker, Date::TIMESTAMP, Open, High, Low, Close + 0.5, Volume FROM "
        + STOCKS
        + " WHERE Ticker = 'IBM' AND Date = '2010-01-05'";
  }

  private Path file(String name, String select) {
    Path file = folder.resolve(name);
    DuckDb.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    return file;
  }

  private LocalRun checked(String out, Quality quality, Path... files) {
    return new LocalRun(folder.resolve(out))
        .input("prices", Format.PARQUET, Columns.CANONICAL, "UTC", files)
        .analysis("clean", "prices", quality);
  }

  private static List<List<Object>> reasons(LocalRun run) {
    return query(
        "SELECT ticker, epoch_ms(time), reasons, count(*) FROM read_parquet('"
            + run.result("clean")
            + "/_quarantine/*.parquet') GROUP BY ALL ORDER BY ALL");
  }

  @Test
  void everyReasonAgreesWithDuckDb() {
    Path dirty = file("dirty.parquet", dirty());
    Quality all = new Quality(List.of(Rule.values()), 12.0, 3, null);
    LocalRun run = checked("out", all, dirty).bars("monthly", "clean", "1mo", Field.COUNT);
    assertEquals(List.of(), run.run());
    Rows.assertSame(query(oracle(dirty, 12, 3)), reasons(run));

    var manifest = run.manifest("clean");
    long bad = reasons(run).stream().mapToLong(row -> (Long) row.get(3)).sum();
    assertEquals(bad, manifest.badRows().rows());
    assertEquals(
        query("SELECT count(*) FROM '" + dirty + "'"), List.of(List.of(manifest.rows() + bad)));
    assertTrue(manifest.badRows().byRule().values().stream().allMatch(rows -> rows >= 0));
    assertEquals(
        reasons(run).stream()
            .filter(row -> ((Integer) row.get(2) & Rule.RANGE.mask()) != 0)
            .mapToLong(row -> (Long) row.get(3))
            .sum(),
        manifest.badRows().byRule().get("range"));
    assertTrue(manifest.files().stream().noneMatch(file -> file.path().contains("_quarantine")));
    assertEquals(
        List.of(List.of(manifest.rows())),
        query("SELECT sum(count)::BIGINT FROM " + parquet(run.result("monthly"))));
  }

  /** Rules in plain SQL, the mask as the reference of the kind gives it. */
  private static String oracle(Path file, int deviations, int stale) {
    return """
        WITH numbered AS (SELECT *, row_number() OVER () AS id FROM 'FILE'),
        groups AS (SELECT *, count(*) OVER t AS n,
            count(DISTINCT (open, high, low, close, volume)) OVER t AS kinds,
            row_number() OVER (PARTITION BY ticker, time ORDER BY id) AS nth
          FROM numbered WINDOW t AS (PARTITION BY ticker, time)),
        marked AS (SELECT *, n > 1 AND (kinds > 1 OR nth > 1) AS twice FROM groups),
        prices AS (SELECT id, ticker, time, close FROM marked
          WHERE NOT twice AND close > 0 AND NOT isnan(close)),
        moves AS (SELECT *, ln(close / lag(close) OVER (PARTITION BY ticker ORDER BY time)) AS r FROM prices),
        jumps AS (SELECT id FROM moves JOIN (SELECT ticker, mad(r) AS d FROM moves GROUP BY 1) USING (ticker)
          WHERE abs(r) > DEVIATIONS * d),
        runs AS (SELECT *, sum(CASE WHEN close = before THEN 0 ELSE 1 END) OVER (PARTITION BY ticker ORDER BY time) AS run
          FROM (SELECT *, lag(close) OVER (PARTITION BY ticker ORDER BY time) AS before
            FROM marked WHERE NOT twice AND close IS NOT NULL)),
        stales AS (SELECT id FROM (SELECT id, close, row_number() OVER (PARTITION BY ticker, run ORDER BY time) AS length FROM runs)
          WHERE length >= STALE AND NOT isnan(close)),
        reasons AS (SELECT ticker, epoch_ms(time) AS ms,
            if(least(open, high, low, close) <= 0 OR isnan(close), 1, 0)
            + if(low > greatest(open, high, close) OR low > least(open, close, high) OR high < greatest(open, close), 2, 0)
            + if(volume < 0, 4, 0) + if(twice, 8, 0) + if(id IN (FROM jumps), 16, 0)
            + if(id IN (FROM stales), 32, 0) + if(isodow(time) > 5, 64, 0) AS reasons
          FROM marked)
        SELECT ticker, ms, reasons::INTEGER, count(*) FROM reasons WHERE reasons > 0 GROUP BY ALL ORDER BY ALL
        """
        .replace("FILE", file.toString())
        .replace("DEVIATIONS", "" + deviations)
        .replace("STALE", "" + stale);
  }

  @Test
  void neitherFilesNorTheirOrderDecide() {
    Path dirty = file("dirty.parquet", dirty());
    Path later = file("later.parquet", "FROM '" + dirty + "' WHERE hash(volume) % 2 = 0");
    Path other = file("other.parquet", "FROM '" + dirty + "' WHERE hash(volume) % 2 = 1");
    Quality rules = new Quality(List.of(Rule.PRICE, Rule.DUPLICATE, Rule.JUMP), 12.0, null, null);
    LocalRun one = checked("one", rules, dirty);
    LocalRun two = checked("two", rules, other, later);
    assertEquals(List.of(), one.run());
    assertEquals(List.of(), two.run());
    Rows.assertSame(reasons(one), reasons(two));
  }

  @Test
  void aboveTheRatioTheAnalysisFailsAndTheQuarantineStaysToBeRead() {
    Path file =
        file(
            "few.parquet",
            "SELECT TIMESTAMPTZ '2024-01-02' AS time, 'IBM' AS ticker, (i - 1)::DOUBLE AS close FROM range(4) t(i)");
    Quality strict = new Quality(List.of(Rule.PRICE), null, null, 0.25);
    LocalRun run = checked("out", strict, file);
    assertEquals(1, run.run().size());
    String message = run.error("clean").message();
    assertTrue(message.contains("2 of 4 rows break a rule ({price=2})"), message);
    assertFalse(Files.exists(run.result("clean").resolve("_manifest.json")));
    assertEquals(2, reasons(run).stream().mapToLong(row -> (Long) row.get(3)).sum());
  }

  @Test
  void noRowsAreNoBadRows() {
    Path file =
        file(
            "none.parquet",
            "SELECT TIMESTAMPTZ '2024-01-02' AS time, 'IBM' AS ticker, 1.0::DOUBLE AS close WHERE false");
    LocalRun run =
        checked("out", new Quality(List.of(Rule.PRICE, Rule.DUPLICATE), null, null, 0.0), file);
    assertEquals(List.of(), run.run());
    assertEquals(0, run.manifest("clean").rows());
    assertEquals(Map.of("price", 0L, "duplicate", 0L), run.manifest("clean").badRows().byRule());
    assertEquals(Map.of("empty", 1), run.manifest("clean").inputs().get(0).verdicts());
  }
}
