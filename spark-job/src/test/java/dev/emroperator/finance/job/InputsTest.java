package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Input.OnBadFile;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.input.InputReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are read, which parts of them, and what is told of the others. */
class InputsTest {

  @TempDir Path folder;

  private Path parquet(String name, String select) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    DuckDb.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    return file;
  }

  private static String day(String day) {
    return "SELECT TIMESTAMPTZ '"
        + day
        + " 15:00:00+00' AS time, 'IBM' AS ticker, 1.5::DOUBLE AS open, 2.5::DOUBLE AS close, 7::BIGINT AS volume";
  }

  private static Input bars(Format format, Columns columns, OnBadFile onBadFile, int most) {
    return new Input("bars", "s3://ignored/", format, columns, null, "UTC", onBadFile, most);
  }

  private LocalRun daily(Input input, Path... files) {
    return new LocalRun(folder.resolve("out"))
        .input(input, files)
        .bars("daily", "bars", "1d", Field.CLOSE, Field.VOLUME)
        .bars("weekly", "daily", "1w", Field.CLOSE);
  }

  private Path[] goodAndBad() throws IOException {
    return new Path[] {
      Files.writeString(folder.resolve("a.parquet"), "no parquet, though it has enough bytes"),
      parquet("b.parquet", day("2024-01-02") + " WHERE false"),
      parquet("c.parquet", day("2024-01-02")),
      parquet("d.parquet", "SELECT * EXCLUDE (volume) FROM (" + day("2024-01-03") + ")"),
      parquet("e.parquet", "SELECT * REPLACE (9::FLOAT AS close) FROM (" + day("2024-01-04") + ")"),
      Files.createFile(folder.resolve("f.parquet"))
    };
  }

  @Test
  void badFilesAreLeftOutAndNamedWithTheirVerdicts() throws IOException {
    LocalRun run = daily(bars(Format.PARQUET, null, OnBadFile.QUARANTINE, 3), goodAndBad());
    assertEquals(List.of(), run.run());
    Manifest manifest = run.manifest("daily");
    assertEquals(2, manifest.rows());
    assertEquals(3, manifest.badFiles());
    Manifest.Source told = manifest.inputs().get(0);
    assertEquals(
        Map.of("cast", 1, "corrupt", 2, "empty", 1, "missingColumn", 1, "ok", 1), told.verdicts());
    assertEquals(2, told.rows());
    assertEquals(
        List.of("corrupt", "empty", "missingColumn", "cast", "corrupt"),
        told.named().stream().map(Manifest.NamedFile::verdict).toList());
    assertTrue(told.named().get(2).reason().contains("no column 'volume'"));
    assertTrue(told.named().get(3).reason().contains("close=float"), told.named().get(3).reason());
    assertEquals(manifest.inputs(), run.manifest("weekly").inputs());
  }

  @Test
  void moreBadFilesThanAllowedFailTheAnalysis() throws IOException {
    LocalRun run = daily(bars(Format.PARQUET, null, OnBadFile.QUARANTINE, 2), goodAndBad());
    assertEquals(2, run.run().size());
    String message = run.error("daily").message();
    assertTrue(message.contains("has 3 bad files, more than its maxBadFiles of 2"), message);
    assertTrue(message.contains("a.parquet"), message);
  }

  @Test
  void whereEveryFileIsBadTheFirstIsNamed() throws IOException {
    Path bad = Files.writeString(folder.resolve("a.parquet"), "no parquet, but some bytes");
    LocalRun run = daily(bars(Format.PARQUET, null, OnBadFile.QUARANTINE, 9), bad);
    assertEquals(2, run.run().size());
    assertEquals("CorruptFile", run.error("daily").kind());
  }

  @Test
  void aFileThatNothingIsReadOfCanLackWhatOthersRead() throws IOException {
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input(
                bars(Format.PARQUET, null, OnBadFile.FAIL, 1),
                parquet("c.parquet", day("2024-01-02")),
                parquet("d.parquet", "SELECT * EXCLUDE (volume) FROM (" + day("2024-01-03") + ")"))
            .bars("closes", "bars", "1d", Field.CLOSE);
    assertEquals(List.of(), run.run());
    assertEquals(2, run.manifest("closes").rows());
  }

  private Path emptyWithoutVolume() throws IOException {
    return parquet(
        "a.parquet", "SELECT * EXCLUDE (volume) FROM (" + day("2024-01-03") + ") WHERE false");
  }

  @Test
  void anEmptyResultIsMadeOfAFileThatHasWhatIsRead() throws IOException {
    LocalRun run =
        daily(
                bars(Format.PARQUET, null, OnBadFile.FAIL, 1),
                emptyWithoutVolume(),
                parquet("b.parquet", day("2024-01-02")))
            .range("2024-02-01", "2024-02-02", 0);
    assertEquals(List.of(), run.run());
    assertEquals(0, run.manifest("daily").rows());
    assertEquals(
        Map.of("empty", 1, "outOfRange", 1), run.manifest("daily").inputs().get(0).verdicts());
  }

  @Test
  void anEmptyFileWithoutWhatIsReadIsNamedWhereThereIsNoOther() throws IOException {
    LocalRun run = daily(bars(Format.PARQUET, null, OnBadFile.FAIL, 1), emptyWithoutVolume());
    assertEquals(2, run.run().size());
    assertEquals("MissingColumn", run.error("daily").kind());
    String message = run.error("daily").message();
    assertTrue(message.contains("a.parquet has no column 'volume'"), message);
  }

  @Test
  void zstdIsReadLikeGzip() throws IOException {
    byte[] csv =
        "time,ticker,close,volume\n2024-01-02,IBM,1.5,5\n2024-01-03,IBM,2.5,6\n"
            .getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("a.csv.zst"), Zstd.compress(csv));
    LocalRun run = daily(bars(Format.CSV, null, OnBadFile.FAIL, 1), file);
    assertEquals(List.of(), run.run());
    assertEquals(
        List.of(List.of(1.5, 5L), List.of(2.5, 6L)),
        DuckDb.query(
            "SELECT close, volume FROM " + DuckDb.parquet(run.result("daily")) + " ORDER BY time"));
  }

  private static Columns timeIs(String name) {
    return Columns.ofBars(name, null, null, null, null, null, null);
  }

  @Test
  void columnsInTheNamesOfFoldersAreReadAndDecideWhichFilesAre() throws IOException {
    Path[] files = {
      csv("date=2024-01-02/ticker=0700/p.csv", "1.5,5"),
      csv("date=2024-01-03/ticker=0700/p.csv", "2.5,6"),
      csv("date=2024-01-03/ticker=A%2FB/p.csv", "3.5,7"),
      csv("date=2024-01-04/ticker=0700/p.csv", "4.5,8"),
    };
    csv("date=2024-01-03/ticker=0700/not-frozen.csv", "9.5,9");
    LocalRun run =
        daily(bars(Format.CSV, timeIs("date"), OnBadFile.FAIL, 1), files)
            .range("2024-01-03", "2024-01-03", 0);
    assertEquals(List.of(), run.run());
    assertEquals(
        List.of(List.of("0700", "2024-01-03", 2.5, 6L), List.of("A/B", "2024-01-03", 3.5, 7L)),
        DuckDb.query(
            "SELECT ticker, date::VARCHAR, close, volume FROM "
                + DuckDb.parquet(run.result("daily"))
                + " ORDER BY 1"));
    assertEquals(
        Map.of("ok", 2, "outOfRange", 2), run.manifest("daily").inputs().get(0).verdicts());
  }

  private Path csv(String name, String row) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "close,volume\n" + row + "\n");
  }

  @Test
  void foldersOfParquetFilesAreColumnsToo() throws IOException {
    Path file =
        parquet(
            "dt=2024-01-02/p.parquet",
            "SELECT 'IBM' AS ticker, 2.5::DOUBLE AS close, 7::BIGINT AS volume");
    LocalRun run = daily(bars(Format.PARQUET, timeIs("dt"), OnBadFile.FAIL, 1), file);
    assertEquals(List.of(), run.run());
    assertEquals(
        List.of(List.of("2024-01-02", 2.5)),
        DuckDb.query("SELECT date::VARCHAR, close FROM " + DuckDb.parquet(run.result("daily"))));
  }

  @Test
  void theScanReadsOnlyTheColumnsTheDaysAndTheFilesThatAreWanted() throws IOException {
    LocalRun run =
        daily(
                bars(Format.PARQUET, null, OnBadFile.FAIL, 1),
                parquet("a.parquet", day("2024-01-02")),
                parquet("b.parquet", day("2024-01-03") + " UNION ALL " + day("2024-01-09")),
                parquet("c.parquet", day("2024-01-05")))
            .range("2024-01-04", "2024-01-05", 1);
    Plan plan = run.plan();
    String scan =
        new InputReader(LocalRun.spark(), plan)
            .read(plan.inputs().get(0), Set.of("time", "ticker", "close"), Set.of())
            .rows()
            .queryExecution()
            .executedPlan()
            .toString();
    assertTrue(
        scan.contains("ReadSchema: struct<time:timestamp,ticker:string,close:double>"), scan);
    // The plan shows pushed instants in the JVM's zone, and conditions in the session's.
    assertTrue(scan.contains("PushedFilters: [Or(IsNull(time),And(GreaterThanOrEqual("), scan);
    assertTrue(
        scan.replaceAll("#[0-9]+", "")
            .contains("((time >= 2024-01-03 00:00:00) AND (time < 2024-01-06 00:00:00))"),
        scan);
    assertTrue(scan.contains("(2 paths)"), scan);
    assertEquals(List.of(), run.run());
    assertEquals(1, run.manifest("daily").rows());
    assertEquals(
        Map.of("ok", 2, "outOfRange", 1), run.manifest("daily").inputs().get(0).verdicts());
  }

  @Test
  void aMissingTimeIsAnErrorThoughOnlySomeDaysAreRead() throws IOException {
    LocalRun run =
        daily(
                bars(Format.PARQUET, null, OnBadFile.FAIL, 1),
                parquet(
                    "a.parquet", day("2024-01-02") + " UNION ALL SELECT NULL, 'IBM', 1.0, 1.0, 1"))
            .range("2024-01-02", "2024-01-02", 0);
    assertEquals(2, run.run().size());
    assertTrue(run.error("daily").message().contains("column 'time' holds 'null'"));
  }
}
