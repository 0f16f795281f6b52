package dev.emroperator.finance.job.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.kind.Quality.Rule;
import dev.emroperator.finance.job.LocalRun;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalColumnTest {

  private static Object read(String canonical, String sql, Rule... rules) {
    Dataset<Row> raw = LocalRun.spark().sql("SELECT " + sql + " AS raw");
    DataType type = raw.schema().apply(0).dataType();
    assertEquals(Optional.empty(), CanonicalColumn.expected(canonical, type));
    return raw.select(
            CanonicalColumn.of(
                canonical, "raw", raw.col("raw"), type, "America/New_York", Set.of(rules)))
        .first()
        .get(0);
  }

  private static void assertBad(String canonical, String sql, String said) {
    String bad = bad(canonical, sql);
    assertTrue(bad.contains(said), bad);
  }

  private static String bad(String canonical, String sql, Rule... rules) {
    Exception thrown = assertThrows(Exception.class, () -> read(canonical, sql, rules), sql);
    return Stream.<Throwable>iterate(thrown, Objects::nonNull, Throwable::getCause)
        .flatMap(cause -> BadValue.in(cause.getMessage()).stream())
        .findFirst()
        .orElseThrow(() -> new AssertionError(sql, thrown));
  }

  @ParameterizedTest
  @CsvSource({
    "ticker, cast(null as string)",
    "ticker, ' '' '' '",
    "ticker, cast(null as int)",
    "time, cast(null as timestamp)",
    "time, cast(null as timestamp_ntz)",
    "time, cast(null as date)",
    "time, cast(null as string)",
    "time, ' '' '' '"
  })
  void aKeyThatIsNotThereIsForQualityToFind(String canonical, String sql) {
    assertBad(canonical, sql, "let rule 'key' of an analysis of kind quality put such rows aside");
    assertEquals(null, read(canonical, sql, Rule.KEY));
  }

  @Test
  void textThatIsNoTimeIsBadForQualityToo() {
    for (Rule[] rules : new Rule[][] {{}, {Rule.KEY}}) {
      String bad = bad("time", "'15:30:00'", rules);
      assertTrue(bad.startsWith("column 'raw' holds '15:30:00', which is not a time with"), bad);
      assertFalse(bad.contains("quality"), bad);
    }
    assertEquals("IBM", read("ticker", "' IBM '", Rule.KEY));
    assertEquals(
        Timestamp.from(Instant.parse("2024-01-02T05:00:00Z")),
        read("time", "'2024-01-02'", Rule.KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"15:30:00", "T15:30:00", " 15:30:00Z", "2024", "20240102", "240102-1", ""})
  void aTimeWithoutItsDateIsNoTime(String text) {
    assertBad("time", "'" + text + "'", "holds '" + text + "', which is not a time with its date");
  }

  @ParameterizedTest
  @CsvSource({
    "'2024-01-02', 2024-01-02T05:00:00Z",
    "' 2024-1-2 09:30:00.123456 ', 2024-01-02T14:30:00.123456Z",
    "2024-01-02T09:30:00Z, 2024-01-02T09:30:00Z",
    "2024-01-02 09:30:00 +05:30, 2024-01-02T04:00:00Z",
  })
  void textWithItsDateIsRead(String text, String instant) {
    assertEquals(Timestamp.from(Instant.parse(instant)), read("time", "'" + text + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TIMESTAMP '2024-01-02 05:00:00'",
        "TIMESTAMP_NTZ '2024-01-02'",
        "DATE '2024-01-02'"
      })
  void timesOfEveryTypeAreRead(String sql) {
    assertEquals(Timestamp.from(Instant.parse("2024-01-02T05:00:00Z")), read("time", sql));
  }

  @ParameterizedTest
  @CsvSource({
    "time, bigint",
    "time, int",
    "time, double",
    "time, 'decimal(20,0)'",
    "time, boolean",
    "close, boolean",
    "close, timestamp",
    "close, date",
    "close, binary",
    "volume, boolean",
    "volume, timestamp",
    "seq, date",
    "marketCap, boolean",
    "split, array<double>",
  })
  void otherTypesAreRefused(String canonical, String type) {
    assertTrue(CanonicalColumn.expected(canonical, DataType.fromDDL(type)).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5Y",
        "5S",
        "5",
        "5L",
        "5f",
        "5d",
        "5.000bd",
        "'5'",
        "' 5.0 '",
        "'50e-1'",
        "'5.00000000000000000000'"
      })
  void wholeNumbersOfEveryTypeAreRead(String sql) {
    assertEquals(5L, read("volume", sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5.0000001bd",
        "5.0000001d",
        "5.5f",
        "'5.0000001'",
        "'5.0000000000000000001'",
        "'5.00000000000000000000000001'",
        "double('NaN')",
        "double('Infinity')",
        "float('-Infinity')",
        "9223372036854775808d",
        "9223372036854775808bd",
        "'9223372036854775808'",
        "'1e30'",
        "'five'"
      })
  void whatIsNotWholeIsNoVolume(String sql) {
    assertBad("volume", sql, "which is not a whole number of 64 bits");
  }

  @Test
  void theLargestAndTheSmallestWholeNumbersAreRead() {
    assertEquals(Long.MAX_VALUE, read("volume", "'9223372036854775807'"));
    assertEquals(Long.MIN_VALUE, read("volume", "'-9223372036854775808'"));
    assertEquals(Long.MIN_VALUE, read("volume", "double(-9223372036854775808)"));
    assertEquals(null, read("volume", "cast(null as double)"));
    assertEquals(null, read("volume", "cast(null as string)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"double('NaN')", "float('Infinity')", "double('-Infinity')"})
  void anAttributeThatIsNoNumberIsBad(String sql) {
    assertBad("weight", sql, "which is not a finite number");
  }

  @Test
  void anAttributeKeepsItsType() {
    assertEquals(1.5f, read("weight", "1.5f"));
    assertEquals(null, read("weight", "cast(null as double)"));
    assertEquals("NaN", read("weight", "'NaN'"));
  }
}
