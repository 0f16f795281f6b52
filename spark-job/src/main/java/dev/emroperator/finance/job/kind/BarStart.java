package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.to_utc_timestamp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;

/**
 * Start of the bar that a row falls into. Days, weeks (from Monday) and months begin at midnight of
 * the zone. Minutes and hours are counted as time passed since that midnight, so that no bar
 * crosses it, and the hour that a clock shows twice is two hours.
 */
final class BarStart {

  private static final Pattern EVERY = Pattern.compile("([0-9]+)(m|h|d|w|mo)");
  private static final long MINUTE = 60_000_000L;

  private BarStart() {}

  /** An instant, from the columns {@code time} and {@code date}. */
  static Column of(String every, String zone) {
    Matcher parts = parts(every);
    int n = Integer.parseInt(parts.group(1));
    return switch (parts.group(2)) {
      case "m" -> since(midnight(col("date"), zone), n * MINUTE);
      case "h" -> since(midnight(col("date"), zone), n * 60 * MINUTE);
      case "d" -> midnight(expr("date_sub(date, pmod(unix_date(date), %d))".formatted(n)), zone);
      // Day 4 of the epoch was a Monday.
      case "w" ->
          midnight(expr("date_sub(date, pmod(unix_date(date) - 4, %d))".formatted(7 * n)), zone);
      default ->
          midnight(
              expr(
                  "add_months(trunc(date, 'MM'), -pmod(year(date) * 12 + month(date) - 1, %d))"
                      .formatted(n)),
              zone);
    };
  }

  /** The last day that a bar holds, from the column {@code date} on which it begins. */
  static Column lastDay(String every) {
    Matcher parts = parts(every);
    int n = Integer.parseInt(parts.group(1));
    return switch (parts.group(2)) {
      case "m", "h" -> col("date");
      case "d" -> date_add(col("date"), n - 1);
      case "w" -> date_add(col("date"), 7 * n - 1);
      default -> date_sub(add_months(col("date"), n), 1);
    };
  }

  private static Matcher parts(String every) {
    Matcher parts = EVERY.matcher(every);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no length of a bar: " + every);
    }
    return parts;
  }

  private static Column midnight(Column date, String zone) {
    return to_utc_timestamp(date.cast("timestamp"), zone);
  }

  private static Column since(Column midnight, long micros) {
    String start = "unix_micros(" + midnight.expr().sql() + ")";
    return expr(
        "timestamp_micros(%1$s + (unix_micros(time) - %1$s) div %2$d * %2$d)"
            .formatted(start, micros));
  }
}
