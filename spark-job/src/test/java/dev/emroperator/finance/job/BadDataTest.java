package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.api.run.ErrorReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a file is said, with the file, and never becomes a result. */
class BadDataTest {

  private static final String HEADER = "time,ticker,open,high,low,close,volume\n";

  @TempDir Path folder;

  private Path csv(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), HEADER + content);
  }

  private LocalRun daily(Format format, Path... files) {
    return new LocalRun(folder.resolve("out"))
        .input("bars", format, Columns.CANONICAL, "UTC", files)
        .bars("daily", "bars", "1d", Field.CLOSE, Field.VOLUME);
  }

  private ErrorReport failed(LocalRun run) {
    assertEquals(1, run.run().size());
    assertFalse(Files.exists(run.result("daily").resolve("_manifest.json")));
    return run.error("daily");
  }

  private Path parquet(String name, String select) {
    Path file = folder.resolve(name);
    DuckDb.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    return file;
  }

  private static String row(String close) {
    return "SELECT TIMESTAMPTZ '2024-01-02 10:00:00+00' AS time, 'IBM' AS ticker, "
        + close
        + " AS close, 5::BIGINT AS volume";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024-01-02,IBM,1,1,1,abc,5   | column 'close' holds 'abc'
          2024-01-02,IBM,1,1,1,NaN,5   | column 'close' holds 'NaN'
          2024-01-02,IBM,1,1,1,1,5.5   | column 'volume' holds '5.5'
          2024-01-02,IBM,1,1,1,1,5.0000001 | column 'volume' holds '5.0000001'
          2024-13-02,IBM,1,1,1,1,5     | column 'time' holds '2024-13-02'
          15:30:00,IBM,1,1,1,1,5       | column 'time' holds '15:30:00'
          2024-01-02,,1,1,1,1,5        | column 'ticker' holds 'null'
          """)
  void namesTheColumnTheValueAndTheFile(String bad, String said) throws IOException {
    ErrorReport error =
        failed(daily(Format.CSV, csv("bad.csv", "2024-01-02,IBM,1,1,1,1,5\n" + bad)));
    assertEquals("BadValue", error.kind());
    assertTrue(error.message().contains(said), error.message());
    assertTrue(error.message().contains("bad.csv"), error.message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-02,IBM,1,1,1,1",
        "2024-01-02,IBM,1,1,1,1,234.5,5",
        "2024-01-02,IBM,1,1,1,7,5,6"
      })
  void aRowWithTooFewOrTooManyFieldsIsNamedThoughTheRestIsNotRead(String bad) throws IOException {
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input(
                "bars",
                Format.CSV,
                Columns.CANONICAL,
                "UTC",
                csv("bad.csv", "2024-01-02,IBM,1,1,1,1,5\n" + bad))
            .bars("daily", "bars", "1d", Field.OPEN);
    ErrorReport error = failed(run);
    assertEquals("BadValue", error.kind());
    assertTrue(error.message().contains("row '" + bad + "' has more or fewer"), error.message());
    assertTrue(error.message().contains("bad.csv"), error.message());
  }

  @Test
  void aHeaderWithACommaWithinQuotesShiftsNoColumn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.csv"),
            "\"close, unadjusted\",time,ticker,\"close\",volume\n9,2024-01-02,IBM,1.5,5\n");
    LocalRun run = daily(Format.CSV, file);
    assertEquals(List.of(), run.run());
    assertEquals(
        List.of(List.of(1.5, 5L)),
        DuckDb.query("SELECT close, volume FROM " + DuckDb.parquet(run.result("daily"))));
  }

  @Test
  void aHeaderWithAnOpenQuoteIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "time,ticker,\"close,volume\n");
    ErrorReport error = failed(daily(Format.CSV, file));
    assertEquals("CorruptFile", error.kind());
    assertTrue(error.message().contains("a quote that does not enclose"), error.message());
  }

  @Test
  void anEmptyFieldIsNullAndSkipped() throws IOException {
    LocalRun run =
        daily(
            Format.CSV,
            csv("a.csv", "2024-01-02,IBM,1,1,1,,5\n2024-01-02T12:00:00,IBM,1,1,1,7,\n"));
    assertEquals(List.of(), run.run());
    assertEquals(
        List.of(List.of(7.0, 5L)),
        DuckDb.query("SELECT close, volume FROM " + DuckDb.parquet(run.result("daily"))));
  }

  private static String overflow(String time) {
    return "the volumes of 'IBM' at "
        + time
        + " add up to more than 64 bits: correct them, or leave out what adds volumes up";
  }

  @Test
  void volumeThatOverflowsIsAnErrorAndNeverWraps() throws IOException {
    long max = Long.MAX_VALUE;
    String rows = "2024-01-02,IBM,1,1,1,1," + max + "\n2024-01-02T01:00:00,IBM,1,1,1,1,1\n";
    ErrorReport error = failed(daily(Format.CSV, csv("a.csv", rows)));
    assertEquals("BadValue", error.kind());
    assertEquals(overflow("2024-01-02T00:00:00Z"), error.message());
  }

  private Path shares(String name, long shares) {
    return parquet(
        name,
        "SELECT TIMESTAMPTZ '2024-01-02 15:00:00+00' AS time, 'IBM' AS ticker, 1.0::DOUBLE AS high,"
            + " 1.0::DOUBLE AS low, 1.0::DOUBLE AS close, "
            + shares
            + "::BIGINT AS volume UNION ALL SELECT '2024-01-02 16:00:00+00', 'IBM', 1, 1, 1, 1");
  }

  /** Within a batch, and where the sums of two files are put together. */
  @Test
  void volumeOfBatchesThatOverflowsIsNamed() {
    Path half = shares("half.parquet", Long.MAX_VALUE / 2);
    for (Path[] files :
        new Path[][] {{shares("full.parquet", Long.MAX_VALUE)}, {half, half, half}}) {
      for (Field field : List.of(Field.VOLUME, Field.VWAP)) {
        LocalRun run =
            new LocalRun(folder.resolve(field + "-" + files.length))
                .input("ticks", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, files)
                .bars("daily", "ticks", "1d", field);
        assertEquals(overflow("2024-01-02T05:00:00Z"), failed(run).message());
      }
    }
  }

  @Test
  void aFileThatIsNoParquetIsNamed() throws IOException {
    Path good = parquet("good.parquet", row("1.5"));
    Path bad = Files.writeString(folder.resolve("bad.parquet"), "this is no parquet file at all");
    ErrorReport error = failed(daily(Format.PARQUET, good, bad));
    assertEquals("CorruptFile", error.kind());
    assertTrue(error.message().contains("bad.parquet"), error.message());
  }

  @Test
  void aFileThatIsBrokenInsideIsNamed() throws IOException {
    Path file =
        parquet(
            "broken.parquet",
            "SELECT TIMESTAMPTZ '2024-01-02 10:00:00+00' + INTERVAL (i) MINUTE AS time, 'IBM' AS ticker,"
                + " random() AS close, i AS volume FROM range(20000) t(i)");
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 100, bytes.length - 5_000, (byte) 0x5A);
    Files.write(file, bytes);
    ErrorReport error = failed(daily(Format.PARQUET, file));
    assertEquals("CorruptFile", error.kind());
    assertTrue(error.message().contains("broken.parquet"), error.message());
  }

  @Test
  void aFileThatChangedSinceTheClaimIsRefused() throws IOException {
    Path file = csv("a.csv", "2024-01-02,IBM,1,1,1,1,5\n");
    LocalRun run = daily(Format.CSV, file);
    csv("a.csv", "2024-01-02,IBM,1,1,1,1,5\n2024-01-03,IBM,1,1,1,1,5\n");
    assertTrue(failed(run).message().contains("a.csv changed after the run was claimed"));
  }

  @Test
  void aLaterFileWithoutTheColumnIsNamed() {
    Path whole = parquet("a.parquet", row("1.5"));
    Path lacking =
        parquet(
            "b.parquet", "SELECT TIMESTAMP '2024-01-02' AS time, 'IBM' AS ticker, 1.5 AS close");
    ErrorReport error = failed(daily(Format.PARQUET, whole, lacking));
    assertEquals("MissingColumn", error.kind());
    assertTrue(error.message().contains("b.parquet"), error.message());
    assertTrue(error.message().contains("'volume'"), error.message());
  }

  @ParameterizedTest
  @CsvSource({
    "1704189600::BIGINT AS time, BIGINT, a timestamp",
    "true AS close, BOOLEAN, a number",
    "TIMESTAMPTZ '2024-01-02 10:00:00+00' AS close, TIMESTAMP, a number"
  })
  void aColumnOfATypeThatCannotMeanItIsNamed(String replaced, String type, String expected) {
    Path file =
        parquet("a.parquet", "SELECT * REPLACE (" + replaced + ") FROM (" + row("1.5") + ")");
    ErrorReport error = failed(daily(Format.PARQUET, file));
    assertEquals("BadValue", error.kind());
    String said = "is of type " + type + ", which is not " + expected;
    assertTrue(error.message().contains(said), error.message());
    assertTrue(error.message().contains("a.parquet"), error.message());
  }

  @Test
  void filesOfDifferentTypesAndOrderAreReadTogether() throws IOException {
    LocalRun parquet =
        daily(
            Format.PARQUET,
            parquet("a.parquet", row("1.5::DOUBLE")),
            parquet(
                "b.parquet",
                "SELECT 7::INTEGER AS volume, '2024-01-03' AS time, 'IBM' AS ticker, 2.5::DECIMAL(10,2) AS close"));
    assertEquals(List.of(), parquet.run());
    assertEquals(
        List.of(List.of(1.5, 5L), List.of(2.5, 7L)),
        DuckDb.query(
            "SELECT close, volume FROM "
                + DuckDb.parquet(parquet.result("daily"))
                + " ORDER BY time"));
  }

  @Test
  void csvFilesWithColumnsInAnotherOrderAreNotMixedUp() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("b.csv"), "volume,close,ticker,time\n9,3.5,IBM,2024-01-03\n");
    LocalRun run = daily(Format.CSV, csv("a.csv", "2024-01-02,IBM,1,1,1,1.5,5\n"), other);
    assertEquals(List.of(), run.run());
    assertEquals(
        List.of(List.of(1.5, 5L), List.of(3.5, 9L)),
        DuckDb.query(
            "SELECT close, volume FROM " + DuckDb.parquet(run.result("daily")) + " ORDER BY time"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[1]", "a{b,c}", "a*", "a?"})
  void namesThatLookLikePatternsAreReadAsTheyAre(String name) throws IOException {
    csv("a1.csv", "2024-01-02,IBM,1,1,1,9,9\n");
    LocalRun csv = daily(Format.CSV, csv(name + ".csv", "2024-01-02,IBM,1,1,1,1.5,5\n"));
    assertEquals(List.of(), csv.run());
    assertEquals(
        List.of(List.of(1.5, 5L)),
        DuckDb.query("SELECT close, volume FROM " + DuckDb.parquet(csv.result("daily"))));

    Path plain = parquet("plain.parquet", row("2.5"));
    Path odd = Files.move(plain, folder.resolve(name + ".parquet"));
    LocalRun parquet =
        new LocalRun(folder.resolve("other"))
            .input("bars", Format.PARQUET, Columns.CANONICAL, "UTC", odd)
            .bars("daily", "bars", "1d", Field.CLOSE);
    assertEquals(List.of(), parquet.run());
    assertEquals(1, parquet.manifest("daily").rows());
  }

  @Test
  void oneFailedAnalysisStopsOnlyThoseMadeOfIt() throws IOException {
    Path bad = csv("bad.csv", "2024-01-02,IBM,1,1,1,abc,5\n");
    LocalRun run =
        daily(Format.CSV, bad)
            .rolling("trend", "daily", "close", List.of(2), Statistic.MEAN)
            .bars("volumes", "bars", "1d", Field.VOLUME);
    assertEquals(2, run.run().size());
    assertEquals("UpstreamFailed", run.error("trend").kind());
    assertEquals(1, run.manifest("volumes").rows());
    assertEquals(
        List.of(StepState.FAILED, StepState.SKIPPED, StepState.SUCCEEDED),
        run.progress().steps().stream().map(step -> step.state()).toList());
  }
}
