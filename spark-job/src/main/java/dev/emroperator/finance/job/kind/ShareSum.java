package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.try_sum;
import static org.apache.spark.sql.functions.when;

import dev.emroperator.finance.job.input.BadValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.Column;

/** Sums of volumes: one beyond 64 bits ends the analysis, and is named by ticker and time. */
final class ShareSum {

  private static final String BEFORE = "the volumes of '";
  private static final String BETWEEN = "' at ";
  private static final String AFTER =
      " add up to more than 64 bits: correct them, or leave out what adds volumes up";

  private ShareSum() {}

  /**
   * Null where all are null.
   *
   * @param shares whole numbers
   * @param ticker by which rows are grouped, or the group of tickers
   * @param time by which rows are grouped
   */
  static Column of(Column shares, Column ticker, Column time) {
    // Null for a sum that is too large; Spark's own error names neither ticker nor remedy.
    Column sum = try_sum(shares);
    Column message =
        concat(
            lit(BEFORE),
            ticker,
            lit(BETWEEN),
            date_format(time, "yyyy-MM-dd'T'HH:mm:ss'Z'"),
            lit(AFTER));
    return when(count(shares).gt(0).and(sum.isNull()), BadValue.raised(message)).otherwise(sum);
  }

  /** The same error, for code that sees values and not columns. */
  static IllegalArgumentException beyond(String ticker, long micros) {
    Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return BadValue.found(BEFORE + ticker + BETWEEN + time + AFTER);
  }
}
