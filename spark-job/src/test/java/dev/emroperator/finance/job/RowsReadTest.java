package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.input.InputReader;
import dev.emroperator.finance.job.progress.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Spark says that it has read is what the footers say that there is. */
class RowsReadTest {

  private static final Columns COLUMNS =
      Columns.ofBars("date", "ticker", "open", "high", "low", "close", "volume");

  @TempDir Path folder;

  private Path parquet(String name, int rows) {
    Path file = folder.resolve(name);
    DuckDb.execute(
        "COPY (SELECT DATE '2024-01-02' + i::INT AS date, 'A' AS ticker, i::DOUBLE AS close FROM range(%d) t(i)) TO '%s' (FORMAT parquet)"
            .formatted(rows, file));
    return file;
  }

  @Test
  void rowsReadAreThoseOfTheFooters() throws Exception {
    Path some = parquet("a.parquet", 1_000);
    Path more = parquet("b.parquet", 500);
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input("prices", Format.PARQUET, COLUMNS, "UTC", some, more)
            .bars("daily", "prices", "1d", Field.CLOSE);
    assertEquals(1_500, read(run));
    assertEquals(new Work(1_500, Files.size(some) + Files.size(more), true), work(run));
  }

  /** Spark leaves out no row group by a time that has no zone. */
  @ParameterizedTest
  @CsvSource({"DATE, 2048", "TIMESTAMPTZ, 2048", "TIMESTAMP, 6144"})
  void rowGroupsWithoutAWantedDayAreNeitherExpectedNorRead(String type, long rows)
      throws Exception {
    Path file = folder.resolve("days.parquet");
    DuckDb.execute(
        ("COPY (SELECT (TIMESTAMP '2024-01-02 10:00:00' + INTERVAL (i // 2048) DAY)::%s AS date, 'A' AS ticker, i::DOUBLE AS close"
                + " FROM range(6144) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
            .formatted(type, file));
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input("prices", Format.PARQUET, COLUMNS, "UTC", file)
            .bars("daily", "prices", "1d", Field.CLOSE)
            .range("2024-01-03", "2024-01-03", 0);
    assertEquals(rows, read(run));
    assertEquals(new Work(rows, Files.size(file), true), work(run));
    assertEquals(1, run.manifest("daily").rows());
  }

  private static Work work(LocalRun run) {
    Plan plan = run.plan();
    return new InputReader(LocalRun.spark(), plan)
        .work(plan.inputs().get(0), Set.of("ticker", "time", "close"));
  }

  /** Rows that Spark says it has read. */
  private static long read(LocalRun run) throws Exception {
    AtomicLong read = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            read.addAndGet(task.taskMetrics().inputMetrics().recordsRead());
          }
        };
    SparkContext spark = LocalRun.spark().sparkContext();
    spark.listenerBus().waitUntilEmpty();
    spark.addSparkListener(listener);
    assertEquals(List.of(), run.run());
    spark.listenerBus().waitUntilEmpty();
    spark.removeSparkListener(listener);
    return read.get();
  }
}
