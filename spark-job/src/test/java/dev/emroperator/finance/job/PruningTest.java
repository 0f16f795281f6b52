package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.input.InputReader;
import dev.emroperator.finance.job.kind.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left out before it is read, for each way in which a file can tell its days. */
class PruningTest {

  @TempDir Path folder;

  private Path file(String name, String select) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    DuckDb.execute(
        "COPY (SELECT *, 'IBM' AS ticker, 2.5::DOUBLE AS close, 7::BIGINT AS volume, 1.5::DOUBLE AS open FROM ("
            + select
            + ")) TO '"
            + file
            + "' (FORMAT parquet)");
    return file;
  }

  /** Files before, at both ends of, and after the days that are wanted. */
  private Path[] files(String type) throws IOException {
    return new Path[] {
      file("a.parquet", "SELECT '2024-01-02 23:30:00'::" + type + " AS time"),
      file("b.parquet", "SELECT unnest(['2024-01-03', '2024-01-09'])::" + type + " AS time"),
      file("c.parquet", "SELECT '2024-01-05 23:30:00'::" + type + " AS time"),
      file("d.parquet", "SELECT '2024-01-06'::" + type + " AS time"),
    };
  }

  private LocalRun run(String zone, Columns columns, Path... files) {
    return new LocalRun(folder.resolve("out"))
        .input("bars", Format.PARQUET, columns, zone, files)
        .bars("daily", "bars", "1d", Field.CLOSE)
        .range("2024-01-04", "2024-01-05", 1);
  }

  private static Series read(LocalRun run) {
    Plan plan = run.plan();
    return new InputReader(LocalRun.spark(), plan)
        .read(plan.inputs().get(0), Set.of("time", "ticker", "close"), Set.of());
  }

  private static String plan(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan().toString().replaceAll("#[0-9]+L?", "");
  }

  private static void assertContains(String plan, String part) {
    assertTrue(plan.contains(part), plan);
  }

  /** Two files are read, two are not, and one day comes of them. */
  private static void assertRead(LocalRun run, String verdict) {
    assertEquals(List.of(), run.run());
    assertEquals(
        Map.of(verdict, 2, "outOfRange", 2), run.manifest("daily").inputs().get(0).verdicts());
    assertEquals(
        List.of(List.of("2024-01-05")),
        DuckDb.query("SELECT date::VARCHAR FROM " + DuckDb.parquet(run.result("daily"))));
  }

  @Test
  void datesAreHeldAgainstFilesAndRowGroups() throws IOException {
    LocalRun run = run("America/New_York", Columns.CANONICAL, files("DATE"));
    String plan = plan(read(run).rows());
    assertContains(
        plan,
        "PushedFilters: [Or(IsNull(time),And(GreaterThanOrEqual(time,2024-01-03),LessThanOrEqual(time,2024-01");
    assertContains(plan, "((time >= 2024-01-03) AND (time <= 2024-01-05))");
    assertContains(plan, "(2 paths)");
    assertContains(plan, "ReadSchema: struct<time:date,ticker:string,close:double>");
    assertRead(run, "cast");
  }

  /** Their days are those that they show, whatever the zone. */
  @Test
  void timesWithoutAZoneAreHeldAgainstFiles() throws IOException {
    LocalRun run = run("America/New_York", Columns.CANONICAL, files("TIMESTAMP"));
    String plan = plan(read(run).rows());
    assertContains(plan, "(2 paths)");
    assertFalse(plan.contains("PushedFilters: [Or(IsNull(time)"), plan);
    assertContains(plan, "ReadSchema: struct<time:timestamp_ntz,ticker:string,close:double>");
    assertRead(run, "cast");
  }

  @Test
  void foldersAreHeldAgainstTheDaysAndOtherFilesNotEvenOpened() throws IOException {
    Path other = folder.resolve("day=2024-01-02/p.parquet");
    Files.createDirectories(other.getParent());
    Files.writeString(other, "no parquet file, but nobody looks");
    Columns columns = Columns.ofBars("day", null, null, null, null, null, null);
    Path[] files = {
      other,
      file("day=2024-01-03/p.parquet", "SELECT 1 AS one"),
      file("day=2024-01-05/p.parquet", "SELECT 1 AS one"),
      file("day=2024-01-06/p.parquet", "SELECT 1 AS one")
    };
    LocalRun run = run("UTC", columns, files);
    String plan = plan(read(run).rows());
    assertContains(plan, "(2 paths)");
    assertContains(plan, "ReadSchema: struct<ticker:string,close:double>");
    assertRead(run, "ok");
  }

  @Test
  void batchesAreOfTheSameFilesColumnsAndRowGroups() throws IOException {
    LocalRun run = run("UTC", Columns.CANONICAL, files("TIMESTAMPTZ"));
    Series series = read(run);
    assertEquals(1, series.scans().size());
    String plan = plan(series.scans().get(0).rows());
    assertContains(plan, "PushedFilters: [Or(IsNull(time),And(GreaterThanOrEqual(");
    assertContains(plan, "((time >= 2024-01-03 00:00:00) AND (time < 2024-01-06 00:00:00))");
    assertContains(plan, "(2 paths)");
    assertContains(plan, "Batched: true");
    for (String column : List.of("time:timestamp", "ticker:string", "close:double")) {
      assertContains(plan, column);
    }
    assertFalse(plan.contains("open:double") || plan.contains("volume:bigint"), plan);
    assertRead(run, "ok");
  }
}
