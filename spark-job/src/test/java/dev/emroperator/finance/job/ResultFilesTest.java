package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.api.run.Manifest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many files a result has, how large they are, and in which order their rows. */
class ResultFilesTest {

  private static final int TICKERS = 60;
  private static final int THREE_YEARS = 1_096;

  /** More than are written without another shuffle. */
  private static final int PARTITIONS = 12;

  @TempDir Path folder;

  private final Map<String, String> before = new HashMap<>();

  private void set(String name, String value) {
    RuntimeConfig settings = LocalRun.spark().conf();
    before.put(name, settings.get(name));
    settings.set(name, value);
  }

  @AfterEach
  void setBack() {
    before.forEach((name, value) -> LocalRun.spark().conf().set(name, value));
  }

  /** Prices from 2022 on that nothing can make small. */
  private LocalRun run(PartitionBy by, int days) {
    Path prices = folder.resolve("prices.parquet");
    DuckDb.execute(
        """
        COPY (SELECT 'T' || t AS ticker, timezone('UTC', TIMESTAMP '2022-01-01 15:00:00' + INTERVAL (d) DAY) AS time,
          (hash(t, d) %% 1000003 / 7)::DOUBLE AS close FROM range(%d) a(t), range(%d) b(d) ORDER BY hash(t, d, 1))
        TO '%s' (FORMAT parquet)"""
            .formatted(TICKERS, days, prices));
    set("spark.sql.shuffle.partitions", "" + PARTITIONS);
    set("spark.sql.adaptive.coalescePartitions.enabled", "false");
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input("prices", Format.PARQUET, Columns.CANONICAL, "UTC", prices)
            .bars("daily", "prices", "1d", Field.CLOSE)
            .rolling("trend", "daily", "close", List.of(2, 20), Statistic.MEAN)
            .as(Format.PARQUET, by);
    assertEquals(List.of(), run.run());
    return run;
  }

  private static Map<String, Long> filesByFolder(Manifest manifest) {
    return manifest.files().stream()
        .map(file -> file.path().substring(0, file.path().lastIndexOf('/') + 1))
        .collect(Collectors.groupingBy(path -> path, Collectors.counting()));
  }

  private static void assertInOrder(LocalRun run, String analysis, int days) {
    assertEquals(TICKERS * days, run.manifest(analysis).rows());
    String rows =
        "read_parquet('%s/**/*.parquet', file_row_number = true, filename = true, hive_partitioning = false)"
            .formatted(run.result(analysis));
    assertEquals(
        List.of(List.of(0L)),
        DuckDb.query(
            "SELECT count(*) FROM (SELECT (ticker, time) <= lag((ticker, time)) OVER (PARTITION BY filename ORDER BY file_row_number) AS late FROM "
                + rows
                + ") WHERE late"));
  }

  @ParameterizedTest
  @EnumSource(PartitionBy.class)
  void rowsAreInOrderWithinEveryFile(PartitionBy by) {
    set("spark.sql.adaptive.advisoryPartitionSizeInBytes", "128k");
    int days = by == PartitionBy.DAY ? 20 : THREE_YEARS;
    LocalRun run = run(by, days);
    assertInOrder(run, "daily", days);
    assertInOrder(run, "trend", days);
  }

  @Test
  void aLargeYearIsWrittenByManyTasksToFilesOfASaneSize() {
    set("spark.sql.adaptive.advisoryPartitionSizeInBytes", "128k");
    Manifest trend = run(PartitionBy.YEAR, THREE_YEARS).manifest("trend");
    Map<String, Long> files = filesByFolder(trend);
    assertEquals(3, files.size(), files.toString());
    files.forEach((year, count) -> assertTrue(count > 1 && count < PARTITIONS, files.toString()));
    long mean = trend.bytes() / trend.files().size();
    trend.files().forEach(file -> assertTrue(file.bytes() > mean / 5, trend.files().toString()));
  }

  @Test
  void aSmallYearIsOneFile() {
    Map<String, Long> files = filesByFolder(run(PartitionBy.YEAR, THREE_YEARS).manifest("trend"));
    assertEquals(Map.of("year=2022/", 1L, "year=2023/", 1L, "year=2024/", 1L), files);
  }
}
