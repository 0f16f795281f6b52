package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Beta;
import dev.emroperator.finance.api.kind.Correlation;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.api.kind.Sql;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.kind.Internals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisRunTest {

  @TempDir Path folder;

  @AfterEach
  void setInternalsBack() {
    LocalRun.spark().conf().unset(Internals.SETTING);
  }

  /** Folders of results, of which some can't be asked for at first, since the code is broken. */
  private static final class Breaking extends HashMap<String, String> {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, Deque<Error>> broken = new HashMap<>();

    Breaking(Map<String, String> results, Map<String, List<Error>> broken) {
      super(results);
      broken.forEach((analysis, errors) -> this.broken.put(analysis, new ArrayDeque<>(errors)));
    }

    @Override
    public String get(Object analysis) {
      Error error = broken.getOrDefault(analysis, new ArrayDeque<>()).poll();
      if (error != null) {
        throw error;
      }
      return super.get(analysis);
    }
  }

  /** With errors that come one after the other where the folder of an analysis is asked for. */
  private static List<String> run(LocalRun run, Map<String, List<Error>> broken) {
    return LocalRun.run(run.plan().withResults(new Breaking(run.plan().results(), broken)));
  }

  private LocalRun run(List<String> names) {
    LocalRun run = new LocalRun(folder).prices();
    names.forEach(name -> run.bars(name, "prices", "1mo", Field.CLOSE));
    return run;
  }

  @Test
  void anErrorOfOneAnalysisEndsNoOther() {
    LocalRun run = run(List.of("deep", "linked", "asserted", "good"));

    List<String> lines =
        run(
            run,
            Map.of(
                "deep",
                List.of(new StackOverflowError()),
                "linked",
                List.of(new AbstractMethodError("first"), new NoSuchMethodError("second")),
                "asserted",
                List.of(new AssertionError("no such plan"))));

    assertEquals(3, lines.size(), lines.toString());
    assertEquals("StackOverflowError", run.error("deep").message());
    assertEquals("NoSuchMethodError: second", run.error("linked").message());
    assertEquals("AssertionError: no such plan", run.error("asserted").message());
    assertTrue(run.manifest("good").rows() > 0);
    assertTrue(run.progress().finished());
  }

  @Test
  void codeThatIsMissingIsDoneWithoutFromThenOn() {
    LocalRun run = run(List.of("first", "good", "later"));

    List<String> lines =
        run(
            run,
            Map.of(
                "first", List.of(new NoSuchMethodError("'int Dataset.gone()'")),
                "later", List.of(new NoSuchFieldError("gone"))));

    assertEquals(List.of("Analysis later failed: NoSuchFieldError: gone"), lines);
    assertTrue(run.manifest("first").rows() > 0);
    assertTrue(run.manifest("good").rows() > 0);
    assertFalse(Internals.areWanted(LocalRun.spark()));
  }

  @Test
  void anErrorThatCanNotBeReportedEndsNoOther() {
    LocalRun run = run(List.of("nowhere", "good"));
    Map<String, String> results = new HashMap<>(run.plan().results());
    results.put("nowhere", "");

    List<String> lines = LocalRun.run(run.plan().withResults(results));

    assertEquals(1, lines.size(), lines.toString());
    assertTrue(run.manifest("good").rows() > 0);
  }

  private Path copied() throws IOException {
    return Files.copy(LocalRun.stocks(), folder.resolve("prices.csv.gz"));
  }

  private LocalRun chain(Path prices) {
    return new LocalRun(folder.resolve("out"))
        .input("prices", Format.CSV, LocalRun.STOCKS, LocalRun.NEW_YORK, prices)
        .bars("daily", "prices", "1d", Field.CLOSE, Field.VOLUME)
        .bars("weekly", "daily", "1w", Field.CLOSE)
        .rolling("trend", "weekly", "close", List.of(10), Statistic.MEAN)
        .rolling("other", "daily", "close", List.of(5), Statistic.MEAN);
  }

  private static List<List<Object>> rows(LocalRun run, String analysis) {
    return DuckDb.query("SELECT * FROM " + DuckDb.parquet(run.result(analysis)) + " ORDER BY ALL");
  }

  private static void lose(LocalRun run, String analysis) throws IOException {
    Files.delete(run.result(analysis).resolve(Plan.MANIFEST));
  }

  @Test
  void aRetryReadsNothingForResultsThatAreThere() throws IOException {
    Path prices = copied();
    LocalRun run = chain(prices);
    assertEquals(List.of(), run.run());
    Files.delete(prices);
    assertEquals(List.of(), run.run());
    assertEquals(100, run.progress().percent());
  }

  /** Where days that warm up are missing in the files, or numbers are text, bars are made again. */
  @ParameterizedTest
  @CsvSource({
    "PARQUET, NONE, , 0, true",
    "PARQUET, YEAR, , 0, true",
    "PARQUET, MONTH, 2012-03-07, 0, true",
    "PARQUET, NONE, 2012-03-07, 60, false",
    "CSV, NONE, , 0, false"
  })
  void aRetryReadsBarsBackThatAreWholeInTheirFiles(
      Format format, PartitionBy by, String from, int warmup, boolean isReadBack)
      throws IOException {
    Path prices = copied();
    LocalRun run = chain(prices).as(format, by).range(from, null, warmup);
    assertEquals(List.of(), run.run());
    List<List<Object>> before = format == Format.PARQUET ? rows(run, "trend") : List.of();
    Manifest manifest = run.manifest("trend");
    lose(run, "trend");
    Files.delete(prices);

    List<String> lines = run.run();

    assertEquals(isReadBack ? 0 : 2, lines.size(), lines.toString());
    assertEquals(StepState.SUCCEEDED, run.progress().steps().get(3).state());
    if (isReadBack) {
      assertEquals(before, rows(run, "trend"));
      assertEquals(manifest.columns(), run.manifest("trend").columns());
      assertEquals(manifest.inputs(), run.manifest("trend").inputs());
    }
  }

  @Test
  void aRetryMakesAgainOnlyWhatAMissingResultIsMadeOf() throws IOException {
    LocalRun run = chain(copied()).range("2012-03-07", null, 60);
    assertEquals(List.of(), run.run());
    List<List<Object>> before = rows(run, "trend");
    List<FileTime> written = written(run);
    lose(run, "trend");

    assertEquals(List.of(), run.run());

    assertEquals(before, rows(run, "trend"));
    assertEquals(before.size(), run.manifest("trend").rows());
    assertEquals(written, written(run));
  }

  private static List<FileTime> written(LocalRun run) throws IOException {
    List<FileTime> written = new ArrayList<>();
    for (String analysis : List.of("daily", "weekly", "other")) {
      written.add(Files.getLastModifiedTime(run.result(analysis).resolve(Plan.MANIFEST)));
    }
    return written;
  }

  @Test
  void nothingStaysInMemory() {
    SparkSession spark = LocalRun.spark();
    spark.catalog().clearCache();
    LocalRun run =
        new LocalRun(folder)
            .prices()
            .bars(
                "daily",
                "prices",
                "1d",
                Field.OPEN,
                Field.HIGH,
                Field.LOW,
                Field.CLOSE,
                Field.VOLUME)
            .analysis(
                "table",
                "daily",
                new Sql("SELECT max(close) AS top FROM daily", null, List.of("top"), null))
            .analysis("pairs", "daily", new Correlation(null, 3, null, null))
            .analysis("market", "daily", new Beta(null, "IBM", null, null, null, null))
            .analysis("good", "daily", new Quality(null, null, null, null))
            .rolling("trend", "good", "close", List.of(5), Statistic.MEAN);
    assertEquals(List.of(), run.run());
    assertTrue(spark.sharedState().cacheManager().isEmpty());
    assertTrue(spark.sparkContext().getPersistentRDDs().isEmpty());
  }

  @Test
  void withoutMemoryTheApplicationEnds() {
    LocalRun run = run(List.of("large", "later"));
    assertThrows(
        OutOfMemoryError.class,
        () -> run(run, Map.of("large", List.of(new OutOfMemoryError("heap")))));
  }
}
