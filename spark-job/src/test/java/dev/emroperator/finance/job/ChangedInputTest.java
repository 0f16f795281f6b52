package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is replaced after it was looked into, while a run reads it. */
class ChangedInputTest {

  @TempDir Path folder;

  private LocalRun run() throws IOException {
    LocalRun.spark()
        .sparkContext()
        .hadoopConfiguration()
        .setClass(
            "fs." + ReplacedFiles.SCHEME + ".impl",
            ReplacedFiles.class,
            org.apache.hadoop.fs.FileSystem.class);
    Path file =
        Files.writeString(
            folder.resolve("a.csv"),
            "time,ticker,open,high,low,close,volume\n2024-01-02,IBM,1,1,1,1,5\n");
    Input input =
        new Input(
            "prices", "s3://ignored/", Format.CSV, Columns.CANONICAL, null, "UTC", null, null);
    Plan.File claimed = new Plan.File(ReplacedFiles.SCHEME + ":" + file, Files.size(file), "etag");
    return new LocalRun(folder.resolve("out")).input(new FrozenInput(input, List.of(claimed)));
  }

  private static void assertRefused(LocalRun run, String analysis) throws IOException {
    assertEquals("CorruptFile", run.error(analysis).kind());
    String message = run.error(analysis).message();
    assertTrue(message.contains("a.csv changed after the run was claimed"), message);
    assertFalse(Files.exists(run.result(analysis).resolve(Plan.MANIFEST)));
    try (Stream<Path> written = Files.walk(run.result(analysis))) {
      assertTrue(written.anyMatch(file -> file.getFileName().toString().startsWith("part-")));
    }
  }

  @Test
  void whatIsWrittenOfItIsNoResultAndNothingIsMadeOfIt() throws IOException {
    LocalRun run =
        run()
            .bars("daily", "prices", "1d", Field.CLOSE)
            .rolling("trend", "daily", "close", List.of(2), Statistic.MEAN);
    assertEquals(2, run.run().size());
    assertRefused(run, "daily");
    assertEquals("UpstreamFailed", run.error("trend").kind());
  }

  @Test
  void norIsWhatBreaksNoRule() throws IOException {
    LocalRun run = run().analysis("clean", "prices", new Quality(null, null, null, null));
    assertEquals(1, run.run().size());
    assertRefused(run, "clean");
  }
}
