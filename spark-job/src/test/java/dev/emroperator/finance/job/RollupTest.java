package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.kind.Rollup;
import dev.emroperator.finance.api.kind.Rollup.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupTest {

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private LocalRun sectors(LocalRun run, String text) throws IOException {
    Input input =
        new Input(
            "companies",
            "s3://ignored/",
            Format.CSV,
            Columns.CANONICAL,
            Map.of("sector", "GICS Sector"),
            "UTC",
            null,
            null);
    return run.input(input, file("companies.csv", text));
  }

  private static Rollup rollup(int movers, Weight... weights) {
    return new Rollup("companies", "sector", null, List.of(weights), movers);
  }

  @Test
  void realPricesAgreeWithDuckDb() throws IOException {
    LocalRun run =
        sectors(
                new LocalRun(folder).prices(),
                """
                ticker,GICS Sector,marketCap
                AAPL,Tech,600.5
                MSFT,Tech,300
                IBM,Services,
                GOOG,Tech,-1
                KO,Drinks,9
                """)
            .analysis("groups", "prices", rollup(2, Weight.values()));
    assertEquals(List.of(), run.run());
    Rows.assertSame(
        query(
            """
            WITH r AS (SELECT *, Close / lag(Close) OVER w - 1 AS r, lag(Volume) OVER w AS v FROM read_csv('STOCKS')
                WINDOW w AS (PARTITION BY Ticker ORDER BY Date)),
              c(t, s, c) AS (VALUES ('AAPL', 'Tech', 600.5), ('MSFT', 'Tech', 300), ('IBM', 'Services', NULL), ('GOOG', 'Tech', NULL))
            SELECT coalesce(s, '__unmapped__'), Date, count(*), avg(r), sum(r * v) / sum(v) FILTER (r IS NOT NULL),
              sum(r * c) / sum(c) FILTER (r IS NOT NULL), count(*) FILTER (r > 0), count(*) FILTER (r < 0), count(*) FILTER (r = 0), sum(Volume)::BIGINT,
              string_agg(Ticker, ' ' ORDER BY r DESC, Ticker) FILTER (best <= 2), string_agg(Ticker, ' ' ORDER BY r, Ticker) FILTER (worst <= 2)
            FROM (SELECT *, if(r IS NULL, NULL, row_number() OVER (PARTITION BY Date, s ORDER BY r DESC NULLS LAST, Ticker)) AS best,
                if(r IS NULL, NULL, row_number() OVER (PARTITION BY Date, s ORDER BY r NULLS LAST, Ticker)) AS worst FROM r LEFT JOIN c ON t = Ticker)
            GROUP BY 1, 2 ORDER BY 1, 2
            """
                .replace("STOCKS", LocalRun.stocks().toString())),
        query(
            "SELECT ticker, date, members, return_equal, return_volume, return_cap, advancers, decliners, unchanged, volume, top, bottom FROM "
                + parquet(run.result("groups"))
                + " ORDER BY 1, 2"));
  }

  @Test
  void missingAndNegativePricesGiveNoReturnButAMember() throws IOException {
    Path prices =
        file(
            "prices.csv",
            """
            ticker,time,close
            A,2024-01-02,10
            A,2024-01-03,11
            B,2024-01-02,-5
            B,2024-01-03,5
            C,2024-01-02,7
            C,2024-01-03,
            D,2024-01-03,8
            E,2024-01-02,4
            E,2024-01-03,4
            """);
    LocalRun run =
        sectors(
                new LocalRun(folder).input("prices", Format.CSV, Columns.CANONICAL, "UTC", prices),
                "ticker,GICS Sector\nA,X\nB,X\nC,X\nE,\n")
            .analysis("groups", "prices", rollup(5, Weight.EQUAL));
    assertEquals(List.of(), run.run());
    Rows.assertSame(
        List.of(
            Arrays.asList("X", "2024-01-02", 3L, null, 0L, 0L, 0L, null, null),
            Arrays.asList("X", "2024-01-03", 3L, 0.1, 1L, 0L, 0L, "A", "A"),
            Arrays.asList("__unmapped__", "2024-01-02", 1L, null, 0L, 0L, 0L, null, null),
            Arrays.asList("__unmapped__", "2024-01-03", 2L, 0.0, 0L, 0L, 1L, "E", "E")),
        query(
            "SELECT ticker, date::VARCHAR, members, return_equal, advancers, decliners, unchanged, top, bottom FROM "
                + parquet(run.result("groups"))
                + " ORDER BY 1, 2"));
  }

  @Test
  void aSumOfVolumesBeyond64BitsAndATickerInTwoGroupsFail() throws IOException {
    Path prices =
        file(
            "prices.csv",
            "ticker,time,close,volume\nA,2024-01-02,1,9223372036854775807\nB,2024-01-02,1,1\n");
    LocalRun run =
        sectors(
                new LocalRun(folder).input("prices", Format.CSV, Columns.CANONICAL, "UTC", prices),
                "ticker,GICS Sector\nA,X\nB,X\n")
            .analysis("overflow", "prices", rollup(0, Weight.EQUAL));
    run.run();
    assertEquals("BadValue", run.error("overflow").kind());
    assertEquals(
        "the volumes of 'X' at 2024-01-02T00:00:00Z add up to more than 64 bits: correct them, or leave out what adds volumes up",
        run.error("overflow").message());
    LocalRun twice =
        sectors(
                new LocalRun(folder).input("prices", Format.CSV, Columns.CANONICAL, "UTC", prices),
                "ticker,GICS Sector\nA,X\nA,Y\nA,X\nB,X\n")
            .analysis("twice", "prices", rollup(0, Weight.EQUAL));
    twice.run();
    assertTrue(
        twice.error("twice").message().contains("'companies' has 2 different rows for ticker 'A'"),
        twice.error("twice").message());
  }
}
