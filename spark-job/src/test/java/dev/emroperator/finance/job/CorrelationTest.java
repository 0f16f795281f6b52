package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Correlation;
import dev.emroperator.finance.api.kind.Correlation.Dates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrelationTest {

  private static final String RETURNS =
      "(SELECT Ticker AS t, Date AS d, Close / lag(Close) OVER (PARTITION BY Ticker ORDER BY Date) - 1 AS r FROM read_csv('"
          + LocalRun.stocks()
          + "'))";

  @TempDir Path folder;

  private static List<List<Object>> oracle(String where) {
    return query(
        "SELECT a.t, b.t, count(a.r * b.r), corr(a.r, b.r) FROM RETURNS a JOIN RETURNS b ON a.d = b.d AND a.t < b.t WHERE WHERE_ GROUP BY 1, 2 ORDER BY 1, 2"
            .replace("WHERE_", where)
            .replace("RETURNS", RETURNS));
  }

  private static List<List<Object>> result(LocalRun run, String name) {
    return query(
        "SELECT ticker, other, n, correlation FROM "
            + parquet(run.result(name))
            + " ORDER BY 1, 2");
  }

  @Test
  void realPricesAgreeWithDuckDb() {
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .analysis("pairwise", "prices", new Correlation(null, null, null, null))
            .analysis("common", "prices", new Correlation(null, null, Dates.COMMON, null))
            .analysis("top", "prices", new Correlation(null, 2, null, null));
    assertEquals(List.of(), run.run());
    Rows.assertSame(oracle("TRUE"), result(run, "pairwise"));
    Rows.assertSame(
        oracle("a.d IN (SELECT d FROM RETURNS WHERE r IS NOT NULL GROUP BY 1 HAVING count(*) = 5)"),
        result(run, "common"));
    Rows.assertSame(
        oracle(
            "a.t IN TOP AND b.t IN TOP"
                .replace(
                    "TOP",
                    "(SELECT Ticker FROM read_csv('"
                        + LocalRun.stocks()
                        + "') GROUP BY 1 ORDER BY sum(Close * Volume) DESC LIMIT 2)")),
        result(run, "top"));
    assertEquals(
        query("SELECT max(Date) FROM read_csv('" + LocalRun.stocks() + "')"),
        query("SELECT DISTINCT date FROM " + parquet(run.result("pairwise"))));
  }

  @Test
  void constantShortAndBadPricesHaveNone() throws IOException {
    Path prices =
        Files.writeString(
            folder.resolve("prices.csv"),
            """
            ticker,time,close
            UP,2024-01-01,1
            UP,2024-01-02,2
            UP,2024-01-03,5
            UP,2024-01-04,6
            FLAT,2024-01-01,7
            FLAT,2024-01-02,7
            FLAT,2024-01-03,7
            FLAT,2024-01-04,7
            ZERO,2024-01-01,1
            ZERO,2024-01-02,0
            ZERO,2024-01-03,3
            ZERO,2024-01-04,4
            ONE,2024-01-04,4
            """);
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input("prices", Format.CSV, Columns.CANONICAL, "UTC", prices)
            .analysis("pairs", "prices", new Correlation(null, null, null, 3));
    assertEquals(List.of(), run.run());
    Rows.assertSame(
        List.of(
            Arrays.asList("FLAT", "ONE", 0L, null),
            Arrays.asList("FLAT", "UP", 3L, null),
            Arrays.asList("FLAT", "ZERO", 1L, null),
            Arrays.asList("ONE", "UP", 0L, null),
            Arrays.asList("ONE", "ZERO", 0L, null),
            Arrays.asList("UP", "ZERO", 1L, null)),
        result(run, "pairs"));
  }

  @Test
  void withoutRowsThereAreNoPairs() throws IOException {
    Path prices = Files.writeString(folder.resolve("prices.csv"), "ticker,time,close,volume\n");
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input("prices", Format.CSV, Columns.CANONICAL, "UTC", prices)
            .analysis("pairs", "prices", new Correlation(null, null, Dates.COMMON, null));
    assertEquals(List.of(), run.run());
    assertEquals(0, run.manifest("pairs").rows());
  }
}
