package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Input.OnBadFile;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.input.InputReader;
import dev.emroperator.finance.job.kind.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that other writers give their columns, and that Spark by itself can't read. */
class ParquetTypesTest {

  /** 2024-01-02T15:00:00Z. */
  private static final long THREE_O_CLOCK = 1_704_207_600_000_000_000L;

  @TempDir Path folder;

  private Path duck(String name, String time, String more) {
    Path file = folder.resolve(name);
    DuckDb.execute(
        "COPY (SELECT %s AS time, 'IBM' AS ticker, 2.5::DOUBLE AS close, 7::BIGINT AS volume%s) TO '%s' (FORMAT parquet)"
            .formatted(time, more, file));
    return file;
  }

  /** Rows of one ticker, each with a time of day in nanoseconds besides. */
  private Path nanos(boolean isUtc, long... times) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message bars { required int64 time (TIMESTAMP(NANOS,%1$s)); required binary ticker (STRING); required double close; required int64 at (TIME(NANOS,%1$s)); }"
                .formatted(isUtc));
    Path file = folder.resolve("nanos.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path("file:" + file))
            .withType(schema)
            .build()) {
      for (long time : times) {
        SimpleGroup row = new SimpleGroup(schema);
        row.add("time", time);
        row.add("ticker", "IBM");
        row.add("close", 2.5);
        row.add("at", 1L);
        writer.write(row);
      }
    }
    return file;
  }

  private static Series read(LocalRun run) {
    Plan plan = run.plan();
    return new InputReader(LocalRun.spark(), plan)
        .read(plan.inputs().get(0), Set.of("time", "ticker", "close"), Set.of());
  }

  private LocalRun daily(String zone, OnBadFile onBadFile, Path... files) {
    Input input =
        new Input(
            "bars",
            "s3://ignored/",
            Format.PARQUET,
            Columns.CANONICAL,
            null,
            zone,
            onBadFile,
            null);
    return new LocalRun(folder.resolve("out"))
        .input(input, files)
        .bars("daily", "bars", "1d", Field.CLOSE, Field.VOLUME);
  }

  private static List<String> times(LocalRun run) {
    return read(run).rows().selectExpr("cast(time as string) as time").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"UTC", "America/New_York"})
  void nanosecondsOfAnInstantAreThoseOfTheMicrosecondBefore(String zone) throws IOException {
    Path file = nanos(true, THREE_O_CLOCK + 123_456_789, -1, Long.MIN_VALUE, Long.MAX_VALUE);
    assertEquals(
        List.of(
            "2024-01-02 15:00:00.123456",
            "1969-12-31 23:59:59.999999",
            "1677-09-21 00:12:43.145224",
            "2262-04-11 23:47:16.854775"),
        times(daily(zone, OnBadFile.FAIL, file)));
  }

  @Test
  void nanosecondsWithoutAZoneAreReadInThatOfTheInput() throws IOException {
    Path file = nanos(false, THREE_O_CLOCK + 123_456_789, -1);
    assertEquals(
        List.of("2024-01-02 20:00:00.123456", "1970-01-01 04:59:59.999999"),
        times(daily(LocalRun.NEW_YORK, OnBadFile.FAIL, file)));
  }

  /** As pandas writes a table. */
  @Test
  void filesOfNanosecondsAreHeldAgainstTheDaysAndMadeIntoBars() {
    String unread = ", TIME '09:30:00' AS at, TIMESTAMP_NS '2024-01-01 00:00:00' AS loaded";
    Path[] files =
        Stream.of("2024-01-02", "2024-01-03", "2024-01-04")
            .map(
                day ->
                    duck(day + ".parquet", "TIMESTAMP_NS '" + day + " 23:30:00.123456789'", unread))
            .toArray(Path[]::new);
    LocalRun run =
        daily(LocalRun.NEW_YORK, OnBadFile.FAIL, files).range("2024-01-03", "2024-01-04", 0);
    assertEquals(List.of(), run.run());
    assertEquals(
        List.of(List.of("2024-01-03", 2.5, 7L), List.of("2024-01-04", 2.5, 7L)),
        DuckDb.query(
            "SELECT date::VARCHAR, close, volume FROM "
                + DuckDb.parquet(run.result("daily"))
                + " ORDER BY 1"));
    Manifest.Source told = run.manifest("daily").inputs().get(0);
    assertEquals(Map.of("cast", 2, "outOfRange", 1), told.verdicts());
    assertTrue(
        told.named().get(0).reason().contains("TIMESTAMP(NANOS,false)"), told.named().toString());
  }

  @Test
  void aColumnThatIsNotReadKeepsNobodyFromBatches() {
    Path file =
        duck("a.parquet", "TIMESTAMPTZ '2024-01-02 15:00:00+00'", ", TIME '09:30:00' AS at");
    LocalRun run = daily("UTC", OnBadFile.FAIL, file);
    Series series = read(run);
    assertEquals(1, series.scans().size());
    String plan = series.scans().get(0).rows().queryExecution().executedPlan().toString();
    assertTrue(plan.contains("Batched: true"), plan);
    assertEquals(List.of(), run.run());
    assertEquals(1, run.manifest("daily").rows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TIME '09:30:00'", "1704189600::BIGINT"})
  void aFileWithAWantedColumnOfAnotherTypeCanBeLeftOut(String time) {
    Path good = duck("a.parquet", "TIMESTAMPTZ '2024-01-02 15:00:00+00'", "");
    LocalRun run = daily("UTC", OnBadFile.QUARANTINE, good, duck("b.parquet", time, ""));
    assertEquals(List.of(), run.run());
    Manifest manifest = run.manifest("daily");
    assertEquals(1, manifest.badFiles());
    assertEquals(Map.of("ok", 1, "wrongType", 1), manifest.inputs().get(0).verdicts());
  }

  @Test
  void aWantedColumnThatCannotBeReadIsNamedWithItsTypeAndFile() {
    Path good = duck("a.parquet", "TIMESTAMPTZ '2024-01-02 15:00:00+00'", "");
    LocalRun run = daily("UTC", OnBadFile.FAIL, good, duck("b.parquet", "TIME '09:30:00'", ""));
    assertEquals(1, run.run().size());
    assertEquals("BadValue", run.error("daily").kind());
    String message = run.error("daily").message();
    assertTrue(message.matches("column 'time' is of type .*TIME\\(MICROS.*b\\.parquet"), message);
    assertTrue(message.contains("which can't be read"), message);
  }
}
