package dev.emroperator.finance.job.input;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import dev.emroperator.finance.api.kind.Quality.Rule;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * A column of a file as analyses know it: {@code ticker} STRING, {@code time} TIMESTAMP (an
 * instant), prices DOUBLE and finite, {@code volume} BIGINT. Keys are never null, unless a rule
 * finds those that are; an empty price or volume is.
 */
final class CanonicalColumn {

  /** Without a year Spark takes the day on which it runs. */
  private static final String WITH_YEAR = "^\\s*[0-9]{4}-";

  /** Beyond them a decimal of Spark is rounded. */
  private static final String MORE_DECIMALS = "\\.[0-9]{18}[0-9]*[1-9]";

  private static final double BEYOND_64_BITS = 0x1p63;

  private static final Set<DataType> TIMES =
      Set.of(
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType,
          DataTypes.DateType,
          DataTypes.StringType);

  private static final Set<DataType> WHOLE =
      Set.of(DataTypes.LongType, DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType);

  private static final Set<DataType> FLOATING = Set.of(DataTypes.DoubleType, DataTypes.FloatType);

  /** Whatever Spark reads after the seconds is a zone: {@code Z}, {@code +5:30}, {@code UTC} … */
  private static final String WITH_ZONE = ":[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]*)?\\s*[^0-9.:\\s]";

  private CanonicalColumn() {}

  /** What a column of a type must be instead; empty where its values can be read. */
  static Optional<String> expected(String canonical, DataType type) {
    return switch (canonical) {
      case "time" ->
          TIMES.contains(type) ? Optional.empty() : Optional.of("a timestamp, a date or text");
      case "volume",
          "seq",
          "open",
          "high",
          "low",
          "close",
          "vwap",
          "price",
          "bid",
          "ask",
          "split",
          "dividend",
          "marketCap" ->
          isNumber(type) || type.equals(DataTypes.StringType)
              ? Optional.empty()
              : Optional.of("a number or text");
      default -> Optional.empty();
    };
  }

  private static boolean isNumber(DataType type) {
    return WHOLE.contains(type) || FLOATING.contains(type) || type instanceof DecimalType;
  }

  /**
   * A column of a type that is {@link #expected}.
   *
   * @param rules those that find what is an error without them: {@code PRICE} a price that is NaN
   *     or infinite, {@code KEY} a key that is not there, which is null then
   */
  static Column of(
      String canonical, String name, Column raw, DataType type, String zone, Set<Rule> rules) {
    Column value =
        switch (canonical) {
          case "ticker" -> ticker(name, raw, rules.contains(Rule.KEY));
          case "time" -> time(name, raw, type, zone, rules.contains(Rule.KEY));
          case "volume", "seq" -> whole(name, raw, type);
          case "side" -> side(name, raw);
          case "open", "high", "low", "close", "vwap", "price", "bid", "ask" ->
              number(name, raw, rules.contains(Rule.PRICE));
          case "split", "dividend", "marketCap" -> number(name, raw, false);
          // An attribute of the user's own.
          default -> FLOATING.contains(type) ? finite(name, raw) : raw;
        };
    return value.as(canonical);
  }

  private static Column ticker(String name, Column raw, boolean mayBeNull) {
    Column text = trim(raw.cast("string"));
    return mayBeNull
        ? when(text.notEqual(""), text)
        : BadValue.unlessKey(text.isNull().or(text.equalTo("")), text, name, raw, "a ticker");
  }

  /** What carries no zone is read in the market's zone; a date is its midnight. */
  private static Column time(
      String name, Column raw, DataType type, String zone, boolean mayBeNull) {
    if (type.equals(DataTypes.TimestampType)) {
      return mayBeNull ? raw : BadValue.unlessKey(raw.isNull(), raw, name, raw, "a time");
    }
    boolean isText = type.equals(DataTypes.StringType);
    Column local = attempt(raw, "timestamp");
    Column inZone = to_utc_timestamp(local, zone);
    Column instant = isText ? when(trim(raw).rlike(WITH_ZONE), local).otherwise(inZone) : inZone;
    Column bad = isText ? local.isNull().or(not(raw.rlike(WITH_YEAR))) : local.isNull();
    String expected = isText ? "a time with its date, as in 2024-01-31" : "a time";
    return mayBeNull
        ? when(
            trim(raw.cast("string")).notEqual(""),
            BadValue.unless(bad, instant, name, raw, expected))
        : BadValue.unlessKey(bad, instant, name, raw, expected);
  }

  private static Column number(String name, Column raw, boolean takesNotFinite) {
    Column price = attempt(raw, "double");
    Column unreadable = raw.isNotNull().and(price.isNull());
    Column bad = takesNotFinite ? unreadable : unreadable.or(isNotFinite(price));
    return BadValue.unless(bad, price, name, raw, "a finite number");
  }

  private static Column finite(String name, Column raw) {
    return BadValue.unless(isNotFinite(raw), raw, name, raw, "a finite number");
  }

  private static Column isNotFinite(Column number) {
    return number.isNaN().or(number.isin(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
  }

  /** No digit is rounded away, however small the part that is not whole. */
  private static Column whole(String name, Column raw, DataType type) {
    if (WHOLE.contains(type)) {
      return raw.cast("bigint");
    }
    Column number = type.equals(DataTypes.StringType) ? attempt(raw, "decimal(38,18)") : raw;
    Column bad =
        FLOATING.contains(type)
            ? isNotFinite(raw)
                .or(rint(raw).notEqual(raw))
                .or(raw.geq(BEYOND_64_BITS))
                .or(raw.lt(-BEYOND_64_BITS))
            : number
                .isNull()
                .or(floor(number).notEqual(number))
                .or(number.gt(lit(Long.MAX_VALUE)))
                .or(number.lt(lit(Long.MIN_VALUE)));
    if (type.equals(DataTypes.StringType)) {
      bad = bad.or(raw.rlike(MORE_DECIMALS));
    }
    return BadValue.unless(
        raw.isNotNull().and(bad), number.cast("bigint"), name, raw, "a whole number of 64 bits");
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
