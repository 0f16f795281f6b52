package dev.emroperator.finance.job;

import static dev.emroperator.finance.job.DuckDb.parquet;
import static dev.emroperator.finance.job.DuckDb.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Asof;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job as on a cluster: a driver and executors that are processes of their own, each in another
 * time zone, some of which die.
 */
class ExecutorLossTest {

  private static final int FILES = 4;
  private static final int PATIENCE_SECONDS = 240;

  @TempDir Path folder;

  private Path[] prices() throws IOException {
    DuckDb.execute(
        "COPY (SELECT hash(Date, Ticker) % FILES AS part, Ticker AS ticker, timezone('America/New_York', Date::TIMESTAMP) AS time,"
                .replace("FILES", "" + FILES)
            + " Open AS open, High AS high, Low AS low, Close AS close, Volume AS volume FROM read_csv('"
            + LocalRun.stocks()
            + "')) TO '"
            + folder.resolve("prices")
            + "' (FORMAT parquet, PARTITION_BY part)");
    try (Stream<Path> files = Files.walk(folder.resolve("prices"))) {
      return files.filter(Files::isRegularFile).sorted().toArray(Path[]::new);
    }
  }

  /** One that reads batches and is kept, one that sorts, and one that merges. */
  private LocalRun run(String name, Path... prices) {
    return new LocalRun(folder.resolve(name))
        .input("prices", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, prices)
        .bars("weekly", "prices", "1w", Field.OPEN, Field.HIGH, Field.CLOSE, Field.VOLUME)
        .rolling("trend", "weekly", "close", List.of(20), Statistic.MEAN, Statistic.STDDEV)
        .analysis("held", "prices", new Asof("weekly", List.of("open"), null, null, null));
  }

  private static List<String> cluster() {
    return List.of(
        // What decides about results stands above what the job is submitted with.
        "-Dspark.sql.session.timeZone=Asia/Kolkata",
        "-Dspark.sql.ansi.enabled=false",
        "-Duser.timezone=Pacific/Auckland",
        "-Dspark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -Duser.timezone=America/Los_Angeles",
        "-Dspark.master=local-cluster[2,1,512]",
        "-Dspark.executor.memory=512m",
        "-Dspark.executor.extraClassPath=" + System.getProperty("java.class.path"),
        "-Dspark.extraListeners=" + ExecutorKiller.class.getName(),
        // Work begins when both are there, so that each has a part of it.
        "-Dspark.scheduler.minRegisteredResourcesRatio=1",
        "-Dspark.scheduler.maxRegisteredResourcesWaitingTime=" + PATIENCE_SECONDS + "s");
  }

  private String told(LocalRun run) throws Exception {
    Path log = folder.resolve("driver.log");
    Process driver =
        new JobProcess(folder, cluster())
            .start(run.plan(), ProcessBuilder.Redirect.to(log.toFile()));
    try {
      boolean hasEnded = driver.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String told = Files.readString(log);
      assertTrue(hasEnded, told);
      assertEquals(0, driver.exitValue(), told);
      return told;
    } finally {
      driver.destroyForcibly();
    }
  }

  private static List<List<Object>> rows(LocalRun run, String analysis) {
    return query("SELECT * FROM " + parquet(run.result(analysis)) + " ORDER BY ALL");
  }

  @Test
  void theLossOfExecutorsInTheMiddleChangesNothing() throws Exception {
    Path[] prices = prices();
    LocalRun lossy = run("lossy", prices);
    String told = told(lossy);
    assertTrue(told.contains("killed 2, lost 2"), told);

    LocalRun calm = run("calm", prices);
    assertEquals(List.of(), calm.run());
    for (String analysis : List.of("weekly", "trend", "held")) {
      assertEquals(rows(calm, analysis), rows(lossy, analysis), analysis);
      assertEquals(calm.manifest(analysis).rows(), lossy.manifest(analysis).rows(), analysis);
    }
    assertTrue(lossy.progress().finished());
    assertEquals(100, lossy.progress().percent());
  }
}
