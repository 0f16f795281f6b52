package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Quality.Rule;
import dev.emroperator.finance.api.kind.Sql;
import dev.emroperator.finance.api.run.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written as CSV, another engine reads as it was. */
class CsvTest {

  /** Each of another ticker, for which the text stands in a file of inputs. */
  private static final String TEXTS =
      """
      ('A', 'plain'), ('B', 'say "hi"'), ('C', '"'), ('D', 'one, two'), ('E', 'two' || chr(10) || 'lines'),
      ('F', 'of' || chr(13) || chr(10) || 'Windows'), ('G', '  padded  '), ('H', 'back\\slash'),
      ('I', 'back\\"slash\\'), ('J', ''), ('K', NULL), ('L', '#no comment'), ('M', chr(10)), ('N', '""')
      """;

  @TempDir Path folder;

  private Path file(String select) {
    Path file = folder.resolve("in.parquet");
    DuckDb.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    return file;
  }

  private LocalRun run(Format format, Path file) {
    return new LocalRun(folder.resolve("out"))
        .input(
            new Input(
                "notes",
                "s3://ignored/",
                format,
                null,
                Map.of("note", "note", "seen", "seen"),
                "UTC",
                null,
                null),
            file)
        .as(Format.CSV, PartitionBy.NONE);
  }

  /** By RFC 4180, and nothing guessed. */
  private static String csv(Path folder, List<String> columns) {
    return "read_csv('%s/*.csv', header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, auto_detect = false, columns = {%s})"
        .formatted(folder, "'" + String.join("': 'VARCHAR', '", columns) + "': 'VARCHAR'");
  }

  private static List<String> columns(Manifest manifest, String... more) {
    return Stream.concat(manifest.columns().stream().map(Manifest.Column::name), Stream.of(more))
        .toList();
  }

  @Test
  void textAndMicrosecondsComeBack() {
    Path file =
        file(
            "SELECT ticker, note, TIMESTAMPTZ '2024-01-02 15:30:00.123456+00' AS time,"
                + " TIMESTAMP '2024-01-02 09:30:00.000001' AS seen, 1.1::DOUBLE AS close"
                + " FROM (VALUES "
                + TEXTS
                + ") t(ticker, note)");
    String[] columns = {"ticker", "time", "close", "note", "seen"};
    LocalRun run =
        run(Format.PARQUET, file)
            .analysis(
                "all",
                "notes",
                new Sql(
                    "SELECT ticker, time, close, note, seen FROM notes",
                    null,
                    List.of(columns),
                    null));
    assertEquals(List.of(), run.run());
    String wanted =
        "SELECT ticker, epoch_us(%s), close::DOUBLE, note, epoch_us(%s) FROM %s ORDER BY 1";
    List<List<Object>> expected = DuckDb.query(wanted.formatted("time", "seen", "'" + file + "'"));
    String written = csv(run.result("all"), columns(run.manifest("all")));
    assertEquals(
        expected, DuckDb.query(wanted.formatted("time::TIMESTAMPTZ", "seen::TIMESTAMP", written)));
    assertEquals(expected.size(), run.manifest("all").rows());
  }

  @Test
  void quotesAreDoubledInInputsToo() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("in.csv"),
            """
            time,ticker,close,note,seen
            2024-01-02T15:30:00.123456Z,IBM,1.5,"say ""hi"", she said",back\\
            2024-01-03,"A""B",2.5,"ends with \\",
            """);
    LocalRun run =
        run(Format.CSV, file)
            .analysis(
                "all",
                "notes",
                new Sql(
                    "SELECT close, note, seen FROM notes",
                    null,
                    List.of("close", "note", "seen"),
                    null))
            .as(Format.PARQUET, PartitionBy.NONE);
    assertEquals(List.of(), run.run());
    assertEquals(
        DuckDb.query(
            "SELECT * FROM (VALUES (1.5::DOUBLE, 'say \"hi\", she said', 'back\\'), (2.5, 'ends with \\', NULL))"),
        DuckDb.query("SELECT * FROM " + DuckDb.parquet(run.result("all")) + " ORDER BY 1"));
  }

  @Test
  void aRowWhoseOnlyColumnIsNullIsStillARow() {
    Path file =
        file(
            "SELECT 'T' || i AS ticker, TIMESTAMPTZ '2024-01-02 15:30:00+00' AS time, i::DOUBLE AS close FROM range(5) t(i)");
    LocalRun run =
        run(Format.PARQUET, file)
            .analysis(
                "some",
                "notes",
                new Sql(
                    "SELECT CASE WHEN close > 2 THEN close END AS high FROM notes",
                    null,
                    List.of("high"),
                    null));
    assertEquals(List.of(), run.run());
    assertEquals(5, run.manifest("some").rows());
    assertEquals(
        List.of(List.of(5L, 2L)),
        DuckDb.query(
            "SELECT count(*), count(nullif(high, '')) FROM "
                + csv(run.result("some"), List.of("high"))));
  }

  @Test
  void theQuarantineIsCountedByRowsAndNotByLines() {
    Path file =
        file(
            "SELECT ticker, TIMESTAMPTZ '2024-01-02 15:30:00.123456+00' AS time, -1.0::DOUBLE AS close"
                + " FROM (VALUES ('A'), ('B\"' || chr(10) || ',C'), ('D' || chr(10) || chr(10) || 'E')) t(ticker)");
    LocalRun run =
        run(Format.PARQUET, file)
            .analysis("clean", "notes", new Quality(List.of(Rule.PRICE), null, null, 1.0));
    assertEquals(List.of(), run.run());
    Manifest manifest = run.manifest("clean");
    assertEquals(0, manifest.rows());
    assertEquals(3, manifest.badRows().rows());
    assertEquals(Map.of("price", 3L), manifest.badRows().byRule());
    assertEquals(
        DuckDb.query("SELECT ticker, epoch_us(time) FROM '" + file + "' ORDER BY 1"),
        DuckDb.query(
            "SELECT ticker, epoch_us(time::TIMESTAMPTZ) FROM "
                + csv(
                    run.result("clean").resolve("_quarantine"), columns(manifest, Quality.REASONS))
                + " ORDER BY 1"));
  }
}
