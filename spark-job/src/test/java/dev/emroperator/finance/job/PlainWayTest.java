package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.kind.AnalysisKind;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Quality.Rule;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.kind.Internals;
import dev.emroperator.finance.job.kind.Kinds;
import dev.emroperator.finance.job.kind.Series;
import dev.emroperator.finance.job.output.RunFiles;
import dev.emroperator.finance.job.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Spark that has all internals, which break when tasks run them. */
class PlainWayTest {

  @TempDir Path folder;

  @AfterEach
  void setBack() {
    LocalRun.spark().conf().unset(Internals.SETTING);
  }

  private static Series onOtherSpark(AnalysisKind kind, Series source, Map<String, Series> with) {
    Series made = Kinds.make(kind, source, with);
    return Internals.areWanted(LocalRun.spark()) ? made.withRows(breaking(made.rows())) : made;
  }

  /** Other tickers are written before. */
  private static Dataset<Row> breaking(Dataset<Row> rows) {
    return rows.filter(
        (FilterFunction<Row>)
            row -> {
              if (row.getString(0).equals("MSFT")) {
                throw new NoSuchMethodError("'void Sorter.of(int)'");
              }
              return true;
            });
  }

  private static List<String> onOtherSpark(Plan plan, AnalysisRun.Maker maker) {
    RunFiles files = new RunFiles(LocalRun.spark().sparkContext().hadoopConfiguration());
    try (Progress progress = Progress.of(plan, files, LocalRun.spark())) {
      return new AnalysisRun(LocalRun.spark(), plan, files, progress, maker).run();
    }
  }

  private LocalRun chain(String out) {
    return new LocalRun(folder.resolve(out))
        .prices()
        .bars("daily", "prices", "1d", Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME)
        .analysis("clean", "daily", new Quality(List.of(Rule.STALE), null, 2, null))
        .rolling("trend", "clean", "close", List.of(10), Statistic.MEAN)
        .as(Format.CSV, PartitionBy.YEAR);
  }

  private static List<List<Object>> rows(LocalRun run, String analysis) {
    return DuckDb.query(
        "SELECT * FROM read_csv('"
            + run.result(analysis)
            + "/year=*/*.csv', hive_partitioning = true) ORDER BY ALL");
  }

  private static void assertSame(LocalRun expected, LocalRun actual) {
    for (String analysis : expected.plan().results().keySet()) {
      Rows.assertSame(rows(expected, analysis), rows(actual, analysis));
      assertEquals(expected.manifest(analysis).rows(), actual.manifest(analysis).rows());
      assertEquals(expected.manifest(analysis).badRows(), actual.manifest(analysis).badRows());
    }
  }

  @Test
  void whatBreaksInATaskIsMadeAgainAndNothingOfTheFirstWriteStays() {
    LocalRun whole = chain("whole");
    assertEquals(List.of(), whole.run());

    LocalRun run = chain("out");
    LocalRun.spark().catalog().clearCache();
    assertEquals(List.of(), onOtherSpark(run.plan(), PlainWayTest::onOtherSpark));

    assertSame(whole, run);
    assertTrue(run.manifest("clean").badRows().rows() > 0);
    assertFalse(Files.exists(run.result("daily").resolve(Plan.ERROR)));
    assertEquals(100, run.progress().percent());
    assertTrue(LocalRun.spark().sharedState().cacheManager().isEmpty());
  }

  /** They are made again for what a retry lacks, and break only when that is written. */
  @Test
  void soAreRowsOfResultsThatAreThere() throws IOException {
    LocalRun run = chain("out");
    assertEquals(List.of(), run.run());
    List<List<Object>> before = rows(run, "trend");
    Files.delete(run.result("trend").resolve(Plan.MANIFEST));

    assertEquals(List.of(), onOtherSpark(run.plan(), PlainWayTest::onOtherSpark));

    assertEquals(before, rows(run, "trend"));
    assertEquals(before.size(), run.manifest("trend").rows());
  }

  @Test
  void whatBreaksAgainHasFailed() {
    LocalRun run = chain("out").bars("closes", "prices", "1mo", Field.CLOSE);

    List<String> lines =
        onOtherSpark(
            run.plan(),
            (kind, source, with) -> {
              Series made = Kinds.make(kind, source, with);
              return kind instanceof Quality ? made.withRows(breaking(made.rows())) : made;
            });

    assertEquals(2, lines.size(), lines.toString());
    assertTrue(
        run.error("clean").message().startsWith("NoSuchMethodError: 'void Sorter.of(int)'"),
        run.error("clean").message());
    assertEquals(
        List.of(StepState.SUCCEEDED, StepState.FAILED, StepState.SKIPPED, StepState.SUCCEEDED),
        run.progress().steps().stream().map(step -> step.state()).toList());
  }

  @Test
  void whereItIsTakenAlreadyNothingIsMadeTwice() {
    LocalRun.spark().conf().set(Internals.SETTING, "false");
    int[] made = {0};

    List<String> lines =
        onOtherSpark(
            chain("out").plan(),
            (kind, source, with) -> {
              made[0]++;
              Series series = Kinds.make(kind, source, with);
              return series.withRows(breaking(series.rows()));
            });

    assertEquals(3, lines.size(), lines.toString());
    assertEquals(1, made[0]);
  }
}
