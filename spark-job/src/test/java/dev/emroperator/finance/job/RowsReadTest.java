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
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    AtomicLong read = new AtomicLong();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            read.addAndGet(task.taskMetrics().inputMetrics().recordsRead());
          }
        };
    SparkSession spark = LocalRun.spark();
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.sparkContext().addSparkListener(listener);
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input("prices", Format.PARQUET, COLUMNS, "UTC", some, more)
            .bars("daily", "prices", "1d", Field.CLOSE);
    List<String> failed = run.run();
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.sparkContext().removeSparkListener(listener);

    Plan plan = run.plan();
    Work work =
        new InputReader(spark, plan).work(plan.inputs().get(0), Set.of("ticker", "time", "close"));
    assertEquals(List.of(), failed);
    assertEquals(new Work(1_500, Files.size(some) + Files.size(more), true), work);
    assertEquals(1_500, read.get());
  }
}
