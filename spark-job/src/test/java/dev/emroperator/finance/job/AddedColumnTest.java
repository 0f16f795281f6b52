package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Input.OnBadFile;
import dev.emroperator.finance.api.kind.Bars.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed to which a column comes that bars can do without, and use where it is there. */
class AddedColumnTest {

  @TempDir Path folder;

  private Path older;
  private Path newer;

  @BeforeEach
  void write() {
    String prices =
        "'IBM' AS ticker, 3.0::DOUBLE AS high, 1.0::DOUBLE AS low, 2.0::DOUBLE AS close, 7::BIGINT AS volume";
    older = parquet("a.parquet", "TIMESTAMPTZ '2024-01-02 15:00:00+00' AS time, " + prices);
    newer =
        parquet(
            "b.parquet",
            "TIMESTAMPTZ '2024-01-03 15:00:00+00' AS time, " + prices + ", 2.5::DOUBLE AS vwap");
  }

  private Path parquet(String name, String select) {
    Path file = folder.resolve(name);
    DuckDb.execute("COPY (SELECT " + select + ") TO '" + file + "' (FORMAT parquet)");
    return file;
  }

  private LocalRun daily(OnBadFile onBadFile, Columns columns, boolean isNewerFirst) {
    Input input =
        new Input("bars", "s3://ignored/", Format.PARQUET, columns, null, "UTC", onBadFile, 1);
    Path[] files = isNewerFirst ? new Path[] {newer, older} : new Path[] {older, newer};
    return new LocalRun(folder.resolve("out-" + isNewerFirst))
        .input(input, files)
        .bars("daily", "bars", "1d", Field.VWAP);
  }

  private static List<List<Object>> prices(LocalRun run) {
    assertEquals(List.of(), run.run());
    return DuckDb.query(
        "SELECT date::VARCHAR, vwap FROM " + DuckDb.parquet(run.result("daily")) + " ORDER BY 1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFileWithoutItIsNamedWithTheOneThatHasItWhateverTheirOrder(boolean isNewerFirst) {
    LocalRun run = daily(OnBadFile.FAIL, Columns.CANONICAL, isNewerFirst);
    assertEquals(1, run.run().size());
    assertEquals("MissingColumn", run.error("daily").kind());
    String message = run.error("daily").message();
    assertTrue(message.contains("a.parquet has no column 'vwap'"), message);
    assertTrue(message.contains("b.parquet has it: leave out the files"), message);
    assertTrue(message.contains("map it to a name that no file has"), message);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFileWithoutItCanBeLeftOut(boolean isNewerFirst) {
    LocalRun run = daily(OnBadFile.QUARANTINE, Columns.CANONICAL, isNewerFirst);
    assertEquals(List.of(List.of("2024-01-03", 2.5)), prices(run));
    assertEquals(
        Map.of("ok", 1, "missingColumn", 1), run.manifest("daily").inputs().get(0).verdicts());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void underANameThatNoFileHasItIsDoneWithoutInAll(boolean isNewerFirst) {
    Columns without =
        new Columns(
            null, null, null, null, null, null, null, "none", null, null, null, null, null, null,
            null, null);
    assertEquals(
        List.of(List.of("2024-01-02", 2.0), List.of("2024-01-03", 2.0)),
        prices(daily(OnBadFile.FAIL, without, isNewerFirst)));
  }

  @Test
  void onlyFilesThatCanHaveWantedRowsDecide() {
    LocalRun before =
        daily(OnBadFile.FAIL, Columns.CANONICAL, true).range("2024-01-02", "2024-01-02", 0);
    assertEquals(List.of(List.of("2024-01-02", 2.0)), prices(before));
    LocalRun after =
        daily(OnBadFile.FAIL, Columns.CANONICAL, false).range("2024-01-03", "2024-01-03", 0);
    assertEquals(List.of(List.of("2024-01-03", 2.5)), prices(after));
  }
}
