package dev.emroperator.finance.job.input;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column of a file as analyses know it: {@code ticker} STRING, {@code time} TIMESTAMP (an
 * instant), prices DOUBLE and finite, {@code volume} BIGINT. Keys are never null; an empty price or
 * volume is.
 */
final class CanonicalColumn {

  /** Whatever Spark reads after the seconds is a zone: {@code Z}, {@code +5:30}, {@code UTC} … */
  private static final String WITH_ZONE = ":[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]*)?\\s*[^0-9.:\\s]";

  private CanonicalColumn() {}

  /**
   * A column.
   *
   * @param takesNotFinite whether a price that is NaN or infinite is passed on, for a rule to find
   */
  static Column of(
      String canonical,
      String name,
      Column raw,
      DataType type,
      String zone,
      boolean takesNotFinite) {
    Column value =
        switch (canonical) {
          case "ticker" -> ticker(name, raw);
          case "time" -> time(name, raw, type, zone);
          case "volume", "seq" -> whole(name, raw, type);
          case "side" -> side(name, raw);
          case "open", "high", "low", "close", "vwap", "price", "bid", "ask" ->
              number(name, raw, takesNotFinite);
          case "split", "dividend", "marketCap" -> number(name, raw, false);
          // An attribute of the user's own.
          default -> raw;
        };
    return value.as(canonical);
  }

  private static Column ticker(String name, Column raw) {
    Column text = trim(raw.cast("string"));
    return BadValue.unless(text.isNull().or(text.equalTo("")), text, name, raw, "a ticker");
  }

  /** What carries no zone is read in the market's zone; a date is its midnight. */
  private static Column time(String name, Column raw, DataType type, String zone) {
    if (type.equals(DataTypes.TimestampType)) {
      return BadValue.unless(raw.isNull(), raw, name, raw, "a time");
    }
    Column local = attempt(raw, "timestamp");
    Column inZone = to_utc_timestamp(local, zone);
    Column instant =
        type.equals(DataTypes.StringType)
            ? when(trim(raw).rlike(WITH_ZONE), local).otherwise(inZone)
            : inZone;
    return BadValue.unless(local.isNull(), instant, name, raw, "a time");
  }

  private static Column number(String name, Column raw, boolean takesNotFinite) {
    Column price = attempt(raw, "double");
    Column unreadable = raw.isNotNull().and(price.isNull());
    Column notFinite =
        price.isNaN().or(price.isin(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    Column bad = takesNotFinite ? unreadable : unreadable.or(notFinite);
    return BadValue.unless(bad, price, name, raw, "a finite number");
  }

  private static Column whole(String name, Column raw, DataType type) {
    boolean whole = type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType);
    if (whole) {
      return raw.cast("bigint");
    }
    Column exact = attempt(raw, "decimal(38,6)");
    Column bad =
        raw.isNotNull()
            .and(
                exact
                    .isNull()
                    .or(floor(exact).notEqual(exact))
                    .or(exact.gt(lit(Long.MAX_VALUE)))
                    .or(exact.lt(lit(Long.MIN_VALUE))));
    return BadValue.unless(bad, exact.cast("bigint"), name, raw, "a whole number of 64 bits");
  }

  /** 1 where the buyer began the trade, −1 where the seller did. */
  private static Column side(String name, Column raw) {
    Column word = lower(trim(raw.cast("string")));
    Column sign =
        when(word.isin("b", "buy", "1", "1.0"), lit(1.0))
            .when(word.isin("s", "sell", "-1", "-1.0"), lit(-1.0));
    return BadValue.unless(
        raw.isNotNull().and(sign.isNull()), sign, name, raw, "a side: buy, b, 1, sell, s or -1");
  }

  /** A cast that gives null where the strict one would give an error without a name. */
  private static Column attempt(Column raw, String type) {
    return expr("try_cast(" + raw.expr().sql() + " as " + type + ")");
  }
}
