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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bad rows among the real prices, found by the job and by DuckDB. */
class QualityTest {

  private static final String STOCKS = "read_csv('" + LocalRun.stocks() + "')";

  @TempDir Path folder;

  /**
   * The real prices with every 97th low above its high, some rows twice, some not at all right, and
   * some without their ticker or time.
   */
  private String dirty() {
    return "SELECT if(n % 401 = 0, NULL, Ticker) AS ticker,"
        + " if(n % 409 = 0, NULL, Date::TIMESTAMP) AS time, Open AS open, High AS high,"
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
    Quality all = new Quality(List.of(Rule.values()), 12.0, 2, null);
    LocalRun run = checked("out", all, dirty).bars("monthly", "clean", "1mo", Field.COUNT);
    assertEquals(List.of(), run.run());
    Rows.assertSame(query(oracle(dirty, 12, 2)), reasons(run));

    var manifest = run.manifest("clean");
    long bad = reasons(run).stream().mapToLong(row -> (Long) row.get(3)).sum();
    assertEquals(bad, manifest.badRows().rows());
    assertEquals(
        query("SELECT count(*) FROM '" + dirty + "'"), List.of(List.of(manifest.rows() + bad)));
    for (Rule rule : Rule.values()) {
      long broken =
          reasons(run).stream()
              .filter(row -> ((Integer) row.get(2) & rule.mask()) != 0)
              .mapToLong(row -> (Long) row.get(3))
              .sum();
      assertTrue(broken > 0 || rule == Rule.WEEKDAY, rule.name());
      assertEquals(broken, manifest.badRows().byRule().get(rule.name().toLowerCase(Locale.ROOT)));
    }
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
        marked AS (SELECT *, ticker IS NULL OR time IS NULL AS lost,
            NOT lost AND n > 1 AND (kinds > 1 OR nth > 1) AS twice FROM groups),
        prices AS (SELECT id, ticker, time, close FROM marked
          WHERE NOT lost AND NOT twice AND close > 0 AND NOT isnan(close)),
        moves AS (SELECT *, ln(close / lag(close) OVER (PARTITION BY ticker ORDER BY time)) AS r FROM prices),
        jumps AS (SELECT id FROM moves JOIN (SELECT ticker, mad(r) AS d FROM moves GROUP BY 1) USING (ticker)
          WHERE abs(r) > DEVIATIONS * d),
        runs AS (SELECT *, sum(CASE WHEN close = before THEN 0 ELSE 1 END) OVER (PARTITION BY ticker ORDER BY time) AS run
          FROM (SELECT *, lag(close) OVER (PARTITION BY ticker ORDER BY time) AS before
            FROM marked WHERE NOT lost AND NOT twice AND close IS NOT NULL)),
        stales AS (SELECT id FROM (SELECT id, close, row_number() OVER (PARTITION BY ticker, run ORDER BY time) AS length FROM runs)
          WHERE length >= STALE AND NOT isnan(close)),
        reasons AS (SELECT ticker, epoch_ms(time) AS ms,
            if(least(open, high, low, close) <= 0 OR isnan(close), 1, 0)
            + if(low > greatest(open, high, close) OR low > least(open, close, high) OR high < greatest(open, close), 2, 0)
            + if(volume < 0, 4, 0) + if(twice, 8, 0) + if(id IN (FROM jumps), 16, 0)
            + if(id IN (FROM stales), 32, 0) + if(isodow(time) > 5, 64, 0) + if(lost, 128, 0) AS reasons
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
    Quality rules =
        new Quality(List.of(Rule.PRICE, Rule.DUPLICATE, Rule.JUMP, Rule.KEY), 12.0, null, null);
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

  /** Rows without a time may be of any day; of days that are not put out the others are not. */
  private LocalRun withoutKeys(String out, Format format, Quality quality) throws IOException {
    String rows =
        "2024-01-01,,1\n2024-01-01,IBM,2\n2024-01-02,,3\n,IBM,4\n , ,-5\n2024-01-02,IBM,6\n2024-01-02,IBM,7\n2024-01-03,IBM,8\n2024-01-04,,9\n";
    Path csv = Files.writeString(folder.resolve("keys.csv"), "time,ticker,close\n" + rows);
    Path file =
        format == Format.CSV
            ? csv
            : file(
                "keys.parquet",
                "SELECT nullif(trim(time), '')::TIMESTAMPTZ AS time, ticker, close::DOUBLE AS close FROM read_csv('"
                    + csv
                    + "', all_varchar = true)");
    return new LocalRun(folder.resolve(out))
        .input("prices", format, Columns.CANONICAL, "UTC", file)
        .range("2024-01-02", "2024-01-03", 1)
        .analysis("clean", "prices", quality);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void rowsWithoutTheirKeyAreFoundByDefaultAndReachNoResult(Format format) throws IOException {
    List<Rule> apart = List.of(Rule.KEY, Rule.PRICE);
    for (List<Rule> rules : List.of(apart, List.of(Rule.KEY, Rule.PRICE, Rule.DUPLICATE))) {
      LocalRun run =
          withoutKeys("out" + rules.size(), format, new Quality(rules, null, null, null));
      assertEquals(List.of(), run.run());
      long duplicates = rules.equals(apart) ? 0 : 2;
      assertEquals(3 + duplicates, run.manifest("clean").badRows().rows());
      assertEquals(3, run.manifest("clean").badRows().byRule().get("key"));
      assertEquals(
          List.of(List.of(3.0, 128), List.of(4.0, 128), List.of(-5.0, 129)),
          query(
              "SELECT close, reasons FROM read_parquet('"
                  + run.result("clean")
                  + "/_quarantine/*.parquet') WHERE reasons >= 128 ORDER BY abs(close)"));
      assertEquals(
          query(
              "SELECT unnest(["
                  + (duplicates == 0 ? "6.0::DOUBLE, 7.0, 8.0" : "8.0::DOUBLE")
                  + "])"),
          query(
              "SELECT close FROM read_parquet('"
                  + run.result("clean")
                  + "/*.parquet') ORDER BY close"));
    }
    assertTrue(new Quality(null, null, null, null).rules().contains(Rule.KEY));
  }

  @Test
  void withoutTheRuleARowWithoutItsKeyIsAnError() throws IOException {
    Quality prices = new Quality(List.of(Rule.PRICE), null, null, null);
    LocalRun run = withoutKeys("out", Format.CSV, prices);
    assertEquals(1, run.run().size());
    String said = run.error("clean").message();
    assertTrue(said.startsWith("column 't"), said);
    assertTrue(
        said.endsWith("rule 'key' of an analysis of kind quality put such rows aside"), said);
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
