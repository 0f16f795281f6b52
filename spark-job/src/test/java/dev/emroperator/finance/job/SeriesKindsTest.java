package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Drawdown;
import dev.emroperator.finance.api.kind.Indicators;
import dev.emroperator.finance.api.kind.Indicators.Macd;
import dev.emroperator.finance.api.kind.Returns;
import dev.emroperator.finance.api.kind.Returns.Kind;
import dev.emroperator.finance.api.kind.Volatility;
import dev.emroperator.finance.api.kind.Volatility.Estimator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Returns, indicators, volatility and drawdowns of whole series through the job. */
class SeriesKindsTest {

  private static final String STOCKS = "read_csv('" + LocalRun.stocks() + "')";
  private static final List<String> KINDS =
      List.of("returns", "indicators", "volatility", "losses", "summary");

  private static final String RETURNS =
      """
      SELECT Ticker, Date, Close, Close / lag(Close) OVER t - 1, Close / lag(Close, 20) OVER t - 1,
        ln(Close / lag(Close) OVER t), ln(Close / lag(Close, 20) OVER t),
        Open / lag(Close) OVER t - 1, Close / Open - 1
      FROM STOCKS WINDOW t AS (PARTITION BY Ticker ORDER BY Date) ORDER BY 1, 2
      """
          .replace("STOCKS", STOCKS);

  private static final String VOLATILITY =
      """
      WITH bars AS (
        SELECT *, lag(Close) OVER (PARTITION BY Ticker ORDER BY Date) AS before FROM STOCKS),
      logs AS (
        SELECT Ticker, Date, Close, ln(Close / before) AS r, ln(Open / before) AS o,
          ln(Close / Open) AS c, ln(High / Low) ^ 2 AS range,
          ln(High / Close) * ln(High / Open) + ln(Low / Close) * ln(Low / Open) AS rs
        FROM bars),
      sums AS (
        SELECT *, count(*) OVER w AS rows, count(r) OVER w AS returns, stddev_samp(r) OVER w AS sd,
          avg(range) OVER w AS mean_range, avg(c ^ 2) OVER w AS mean_c, avg(rs) OVER w AS mean_rs,
          var_samp(o) OVER w AS var_o, var_samp(c) OVER w AS var_c, sum(r ^ 2) OVER w AS sum_r
        FROM logs WINDOW w AS
          (PARTITION BY Ticker ORDER BY Date ROWS BETWEEN 19 PRECEDING AND CURRENT ROW))
      SELECT Ticker, Date, Close,
        if(returns = 20, sd * sqrt(252), NULL),
        if(rows = 20, sqrt(252 * mean_range / (4 * ln(2))), NULL),
        if(rows = 20, sqrt(252 * (mean_range / 2 - (2 * ln(2) - 1) * mean_c)), NULL),
        if(rows = 20, sqrt(252 * mean_rs), NULL),
        if(returns = 20, sqrt(252 * (var_o + k * var_c + (1 - k) * mean_rs)), NULL),
        if(returns = 20, sqrt(252 * sum_r / 20), NULL)
      FROM sums, (SELECT 0.34 / (1.34 + 21.0 / 19.0) AS k) ORDER BY 1, 2
      """
          .replace("STOCKS", STOCKS);

  private static final String DRAWDOWNS =
      """
      WITH p AS (
        SELECT *, max(Close) OVER (PARTITION BY Ticker ORDER BY Date) AS peak FROM STOCKS),
      q AS (
        SELECT *, Close / peak - 1 AS drawdown,
          max(if(Close = peak, Date, NULL)) OVER (PARTITION BY Ticker ORDER BY Date) AS since
        FROM p),
      d AS (SELECT *, Date - since AS days FROM q)
      """
          .replace("STOCKS", STOCKS);

  private static final String SUMMARY =
      """
      , steps AS (
        SELECT *, Close / lag(Close) OVER t - 1 AS r,
          if(lag(drawdown) OVER t < 0, Date - lag(since) OVER t, 0) AS below
        FROM d WINDOW t AS (PARTITION BY Ticker ORDER BY Date)),
      worst AS (
        SELECT Ticker, max(Date) AS last, count(*) AS rows, min(drawdown) AS deepest,
          arg_min(since, drawdown) AS start, arg_min(Date, drawdown) AS trough,
          max(below) AS longest,
          (arg_max(Close, Date) / arg_min(Close, Date)) ^ (365.25 / (max(Date) - min(Date))) - 1
            AS cagr,
          (avg(r) - 0.02 / 252) / stddev_samp(r) * sqrt(252) AS sharpe
        FROM steps GROUP BY Ticker)
      SELECT Ticker, last, rows, deepest, start, trough,
        (SELECT min(Date) FROM d WHERE d.Ticker = worst.Ticker AND d.Date > trough AND d.Close = d.peak),
        longest, cagr, sharpe
      FROM worst ORDER BY 1
      """;

  @TempDir Path folder;

  private static LocalRun allKinds(LocalRun run) {
    return run.analysis(
            "returns", "prices", new Returns(null, List.of(1, 20), List.of(Kind.values())))
        .analysis(
            "indicators",
            "prices",
            new Indicators(null, List.of(12), List.of(14), List.of(14), new Macd(12, 26, 9)))
        .analysis(
            "volatility", "prices", new Volatility(List.of(20), List.of(Estimator.values()), null))
        .analysis("losses", "prices", new Drawdown(null, null, null, null))
        .analysis("summary", "prices", new Drawdown(null, true, 0.02, null));
  }

  private static List<List<Object>> result(LocalRun run, String analysis, String columns) {
    return query(
        "SELECT " + columns + " FROM " + parquet(run.result(analysis)) + " ORDER BY ticker, time");
  }

  @Test
  void realPricesAgreeWithDuckDbAndTaLib() {
    LocalRun run = allKinds(new LocalRun(folder).prices());
    assertEquals(List.of(), run.run());
    Rows.assertSame(
        query(RETURNS),
        result(
            run,
            "returns",
            "ticker, date, close, close_simple_1, close_simple_20, close_log_1, close_log_20,"
                + " overnight, intraday"));
    Rows.assertSame(
        query(VOLATILITY),
        result(
            run,
            "volatility",
            "ticker, date, close, closeToClose_20, parkinson_20, garmanKlass_20,"
                + " rogersSatchell_20, yangZhang_20, realized_20"));
    Rows.assertSame(
        query(DRAWDOWNS + "SELECT Ticker, Date, Close, peak, drawdown, days FROM d ORDER BY 1, 2"),
        result(run, "losses", "ticker, date, close, peak, drawdown, days"));
    Rows.assertSame(
        query(DRAWDOWNS + SUMMARY),
        result(
            run,
            "summary",
            "ticker, date, rows, maxDrawdown, start, trough, recovery, longestDays, cagr, sharpe"));
    assertAgreesWithTaLib(
        result(
            run,
            "indicators",
            "ticker, date, close, ema_12, rsi_14, atr_14, macd, macd_signal, macd_histogram"));
  }

  private static void assertAgreesWithTaLib(List<List<Object>> rows) {
    int at = 0;
    for (List<Object> ticker : query("SELECT DISTINCT Ticker FROM " + STOCKS + " ORDER BY 1")) {
      List<List<Object>> bars =
          query(
              "SELECT High, Low, Close, Date FROM "
                  + STOCKS
                  + " WHERE Ticker = '"
                  + ticker.get(0)
                  + "' ORDER BY Date");
      double[] closes = column(bars, 2);
      double[][] macd = TaLib.macd(closes, 12, 26, 9);
      double[][] expected = {
        closes,
        TaLib.ema(closes, 12),
        TaLib.rsi(closes, 14),
        TaLib.atr(column(bars, 0), column(bars, 1), closes, 14),
        macd[0],
        macd[1],
        macd[2]
      };
      for (int i = 0; i < bars.size(); i++) {
        List<Object> row = rows.get(at++);
        assertEquals(List.of(ticker.get(0), bars.get(i).get(3)), row.subList(0, 2));
        for (int c = 0; c < expected.length; c++) {
          // TA-Lib shows MACD only where it has a signal too.
          if (c != 4 || i >= 33) {
            Double value = (Double) row.get(2 + c);
            assertEquals(expected[c][i], value == null ? Double.NaN : value, 1e-9, "row " + row);
          }
        }
      }
    }
    assertEquals(rows.size(), at);
  }

  private static double[] column(List<List<Object>> rows, int column) {
    return rows.stream().mapToDouble(row -> (Double) row.get(column)).toArray();
  }

  @Test
  void neitherFilesNorTheirOrderNorTheOrderOfRowsDecide() throws IOException {
    List<String> rows = new ArrayList<>(roughRows());
    LocalRun one = roughRun("one", csv("all", rows));
    Collections.shuffle(rows, new Random(2));
    LocalRun many =
        roughRun(
            "many",
            csv("c", rows.subList(200, 450)),
            csv("b", rows.subList(0, 1)),
            csv("a", rows.subList(1, 200)));
    for (String kind : KINDS) {
      List<List<Object>> expected = ordered(one, kind);
      assertEquals(kind.equals("summary") ? 4 : 450, expected.size());
      assertEquals(expected, ordered(many, kind), kind);
    }
    assertEquals(
        List.of(Arrays.asList("LONE", 1L, 0.0, null, null, 0L, null, null)),
        query(
            "SELECT ticker, rows, maxDrawdown, start, recovery, longestDays, cagr, sharpe FROM "
                + parquet(one.result("summary"))
                + " WHERE ticker = 'LONE'"));
  }

  private LocalRun roughRun(String name, Path... files) {
    LocalRun run =
        allKinds(
            new LocalRun(folder.resolve(name))
                .input("prices", Format.CSV, Columns.CANONICAL, "America/New_York", files));
    assertEquals(List.of(), run.run());
    return run;
  }

  private static List<List<Object>> ordered(LocalRun run, String kind) {
    return query("SELECT * FROM " + parquet(run.result(kind)) + " ORDER BY ALL");
  }

  private Path csv(String name, List<String> rows) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".csv"),
        "time,ticker,open,high,low,close,volume\n" + String.join("\n", rows) + "\n");
  }

  /** Two rows for each time, with gaps, zeros and prices below 0. */
  private static List<String> roughRows() {
    Random random = new Random(1);
    List<String> rows = new ArrayList<>(List.of("2024-01-01,LONE,1,1,1,1,1"));
    for (int i = 0; i < 449; i++) {
      String prices =
          IntStream.range(0, 4).mapToObj(field -> price(random)).collect(Collectors.joining(","));
      String day = LocalDate.of(2024, 1, 1).plusDays(i / 6).toString();
      rows.add(day + "," + "ABC".charAt(i % 3) + "," + prices + ",1");
    }
    return rows;
  }

  private static String price(Random random) {
    return switch (random.nextInt(60)) {
      case 0 -> "";
      case 1 -> "0";
      case 2 -> "-1.5";
      default -> String.valueOf(1 + random.nextInt(500) / 100.0);
    };
  }

  @Test
  void withoutAnyRowTheResultsAreEmpty() {
    LocalRun run = allKinds(new LocalRun(folder).prices()).range("1990-01-01", "1990-12-31", 0);
    assertEquals(List.of(), run.run());
    for (String kind : KINDS) {
      assertEquals(0, run.manifest(kind).rows(), kind);
    }
  }
}
