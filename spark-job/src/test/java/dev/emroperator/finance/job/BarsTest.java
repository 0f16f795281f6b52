package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.job.kind.Internals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where bars begin, and what they hold, over days on which the clock changes. */
class BarsTest {

  @TempDir Path folder;

  /** A price each minute, in UTC, over both clock changes of 2024 in New York. */
  private Path minutes() {
    Path file = folder.resolve("minutes.parquet");
    DuckDb.execute(
        "COPY (SELECT ts AS time, t AS ticker, 100 + sin(epoch(ts) / 1000) AS open,"
            + " 102 + sin(epoch(ts) / 1000) AS high, 98 + sin(epoch(ts) / 1000) AS low,"
            + " 100 + cos(epoch(ts) / 1000) AS close, epoch(ts)::BIGINT % 97 AS volume"
            + " FROM (SELECT unnest(generate_series(TIMESTAMPTZ '2024-03-08 00:00:00+00', TIMESTAMPTZ '2024-03-13 00:00:00+00', INTERVAL 7 MINUTE)"
            + " || generate_series(TIMESTAMPTZ '2024-11-01 00:00:00+00', TIMESTAMPTZ '2024-11-06 00:00:00+00', INTERVAL 7 MINUTE)) AS ts), (VALUES ('A'), ('B')) x(t))"
            + " TO '"
            + file
            + "' (FORMAT parquet)");
    return file;
  }

  private LocalRun bars(String every) {
    LocalRun run =
        new LocalRun(folder.resolve(every))
            .input("ticks", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, minutes())
            .bars(
                "bars",
                "ticks",
                every,
                Field.OPEN,
                Field.HIGH,
                Field.LOW,
                Field.CLOSE,
                Field.VOLUME,
                Field.VWAP,
                Field.COUNT);
    assertEquals(List.of(), run.run());
    return run;
  }

  private String oracle(String start) {
    return "SELECT ticker, epoch_ms("
        + start
        + ") AS start, arg_min(open, time), max(high), min(low), arg_max(close, time),"
        + " sum(volume)::BIGINT, sum((high + low + close) / 3 * volume) / sum(volume), count(*)"
        + " FROM read_parquet('"
        + folder.resolve("minutes.parquet")
        + "') GROUP BY 1, 2 ORDER BY 1, 2";
  }

  private static List<List<Object>> result(LocalRun run) {
    return DuckDb.query(
        "SELECT ticker, epoch_ms(time), open, high, low, close, volume, vwap, count FROM "
            + DuckDb.parquet(run.result("bars"))
            + " ORDER BY 1, 2");
  }

  private static String midnight(String unit) {
    return "timezone('America/New_York', date_trunc('"
        + unit
        + "', timezone('America/New_York', time))::TIMESTAMP)";
  }

  @Test
  void daysWeeksAndMonthsBeginAtLocalMidnight() {
    Rows.assertSame(query(midnight("day"), "1d"), result(bars("1d")));
    Rows.assertSame(query(midnight("week"), "1w"), result(bars("1w")));
    Rows.assertSame(query(midnight("month"), "1mo"), result(bars("1mo")));
  }

  @Test
  void hoursCountFromMidnightSoThatTheRepeatedHourIsTwo() {
    String sinceMidnight = "time_bucket(INTERVAL 1 HOUR, time, " + midnight("day") + ")";
    Rows.assertSame(query(sinceMidnight, "1h"), result(bars("1h")));
  }

  private List<List<Object>> query(String start, String every) {
    minutes();
    return DuckDb.query(oracle(start));
  }

  /** Three trades at each time, in no order, over both clock changes of 2024 in New York. */
  private Path trades() {
    Path file = folder.resolve("trades.parquet");
    DuckDb.execute(
        "COPY (SELECT time, ticker, seq, round(50 + 9 * sin(hash(epoch(time), seq)::DOUBLE), 2) AS price,"
            + " hash(seq, epoch(time)) % 500 AS volume FROM (SELECT time, ticker, unnest([5, 1, 3]) AS seq FROM read_parquet('"
            + minutes()
            + "')) ORDER BY hash(time, seq)) TO '"
            + file
            + "' (FORMAT parquet)");
    return file;
  }

  @ParameterizedTest
  @CsvSource({"09:30, 16:00", "01:30, 03:30", "00:00, 24:00"})
  void tradesMakeBarsOfTheSessionOnDaysWhenTheClockChanges(String open, String close) {
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input("ticks", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, trades())
            .analysis(
                "bars",
                "ticks",
                new Bars("1d", List.of(Field.values()), new Bars.Session(open, close)));
    assertEquals(List.of(), run.run());
    Rows.assertSame(
        DuckDb.query(
            ("SELECT ticker, epoch_ms("
                    + midnight("day")
                    + ") AS start, arg_min(price, epoch(time) * 10 + seq), max(price), min(price), arg_max(price, epoch(time) * 10 + seq), avg(price),"
                    + " sum(volume)::BIGINT, sum(price * volume) / sum(volume), count(*) FROM read_parquet('FILE')"
                    + " WHERE date_part('hour', timezone('America/New_York', time)) * 60 + date_part('minute', timezone('America/New_York', time))"
                    + " BETWEEN OPEN AND CLOSE - 1 GROUP BY 1, 2 ORDER BY 1, 2")
                .replace("FILE", folder.resolve("trades.parquet").toString())
                .replace("OPEN", minute(open))
                .replace("CLOSE", minute(close))),
        DuckDb.query(
            "SELECT ticker, epoch_ms(time), open, high, low, close, avgClose, volume, vwap, count FROM "
                + DuckDb.parquet(run.result("bars"))
                + " ORDER BY 1, 2"));
  }

  @Test
  void aSessionIsReadAndWrittenAsUsersWriteIt() throws IOException {
    String json =
        "{\"every\":\"5m\",\"fields\":[\"close\"],\"session\":{\"open\":\"09:30\",\"close\":\"16:00\"}}";
    ObjectMapper mapper = new ObjectMapper();
    assertEquals(json, mapper.writeValueAsString(mapper.readValue(json, Bars.class)));
  }

  private static String minute(String time) {
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3)) + "";
  }

  @Test
  void onlyTimesWithoutAZoneAreReadInTheMarketsZone() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.csv"),
            """
            time,ticker,close
            2024-07-01 23:30:00,A,1
            2024-07-02T03:45:00Z,A,2
            2024-07-01T23:50:00-04:00,A,3
            2024-07-02,A,4
            2024-07-02 03:46:00+00,A,5
            2024-07-02 03:47:00.250 UTC,A,6
            2024-07-01 23:48:00 America/New_York,A,7
            2024-07-02 09:19:00+5:30,A,8
            """);
    LocalRun run =
        new LocalRun(folder.resolve("out"))
            .input("ticks", Format.CSV, Columns.CANONICAL, LocalRun.NEW_YORK, file)
            .bars("bars", "ticks", "1d", Field.CLOSE, Field.COUNT);
    assertEquals(List.of(), run.run());
    assertEquals(
        List.of(List.of("2024-07-01", 3.0, 7L), List.of("2024-07-02", 4.0, 1L)),
        DuckDb.query(
            "SELECT date::VARCHAR, close, count FROM "
                + DuckDb.parquet(run.result("bars"))
                + " ORDER BY 1"));
  }

  /** Nulls, equal times, several files, and tickers beyond a dictionary. */
  /** With nulls, and dictionaries that become shorter from one row group to the next. */
  private Path awkward(String name, String order) {
    Path file = folder.resolve(name + ".parquet");
    DuckDb.execute(
        """
        COPY (SELECT TIMESTAMPTZ '2024-03-09 00:00:00+00' + INTERVAL 1 MINUTE * (i // 3) AS time,
            CASE WHEN i % 5 = 0 THEN ' T' || (i % 2500) ELSE 'B' END AS ticker,
            CASE WHEN i % 7 = 0 THEN NULL ELSE 100 + hash(i) % 50 END::DOUBLE AS open,
            CASE WHEN i % 11 = 0 THEN NULL ELSE 160 + hash(i + 1) % 50 END::DOUBLE AS high,
            CASE WHEN i % 13 = 0 THEN NULL ELSE 50 + hash(i + 2) % 50 END::DOUBLE AS low,
            CASE WHEN i % 17 = 0 THEN NULL
              ELSE 100 + hash(i + 3) % CASE WHEN i < 4096 THEN 400 ELSE 20 END END::DOUBLE AS close,
            CASE WHEN i % 19 = 0 THEN NULL ELSE hash(i + 4) % 1000 END::INTEGER AS volume
          FROM range(20000) r(i) ORDER BY ORDER) TO 'FILE' (FORMAT parquet, ROW_GROUP_SIZE 2048)
        """
            .replace("ORDER) TO", order + ") TO")
            .replace("FILE", file.toString()));
    return file;
  }

  private List<List<Object>> awkward(String batches, String every, Path... files) {
    LocalRun.spark().conf().set(Internals.SETTING, batches);
    try {
      LocalRun run =
          new LocalRun(folder.resolve(batches + every + files.length))
              .input("ticks", Format.PARQUET, Columns.CANONICAL, LocalRun.NEW_YORK, files)
              .bars("bars", "ticks", every, Field.values())
              .range("2024-03-10", "2024-03-12", 1);
      assertEquals(List.of(), run.run());
      return DuckDb.query(
          "SELECT * FROM " + DuckDb.parquet(run.result("bars")) + " ORDER BY ticker, time");
    } finally {
      LocalRun.spark().conf().unset(Internals.SETTING);
    }
  }

  @Test
  void batchesGiveWhatExpressionsGive() {
    Path one = awkward("one", "i");
    Path two = awkward("two", "hash(i)");
    List<List<Object>> days = awkward("true", "2d", one, two);
    Rows.assertSame(awkward("true", "2d", two, one), days);
    Rows.assertSame(awkward("false", "2d", one, two), days);
    for (String every : List.of("7m", "1mo")) {
      Rows.assertSame(awkward("false", every, one, two), awkward("true", every, one, two));
    }
  }
}
