package dev.emroperator.finance.job.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.Column;

/** A value that is not what its column must hold: it ends the analysis, and is named. */
public final class BadValue {

  private static final String OPEN = "<bad-value>";
  private static final String CLOSE = "</bad-value>";

  /** What to do about a row without a key. */
  private static final String REMEDY =
      "; correct it, or let rule 'key' of an analysis of kind quality put such rows aside";

  private BadValue() {}

  /**
   * {@code good} where {@code isBad} does not hold; an error that names column, value and file
   * where it does.
   */
  static Column unless(Column isBad, Column good, String column, Column raw, String expected) {
    return orError(isBad, good, value(column, raw, expected));
  }

  /** The same for a key: where it is not there, the error says what can be done. */
  static Column unlessKey(Column isBad, Column good, String column, Column raw, String expected) {
    Column isThere = trim(raw.cast("string")).notEqual("");
    Column remedy = when(isThere, lit("")).otherwise(lit(REMEDY));
    return orError(isBad, good, concat(value(column, raw, expected), remedy));
  }

  private static Column value(String column, Column raw, String expected) {
    return inFile("column '" + column + "' holds '", raw, "', which is not " + expected);
  }

  /** {@code good} where the row has as many fields as the header; an error that shows it if not. */
  static Column unlessMalformed(Column row, Column good) {
    return orError(
        row.isNotNull(),
        good,
        inFile("row '", row, "' has more or fewer fields than the header line"));
  }

  /** The same error, for code that sees values and not columns. */
  public static IllegalArgumentException found(String column, Object value, String expected) {
    return found(inFile(column, value, expected));
  }

  /** The same error for a key that is not there. */
  public static IllegalArgumentException foundNoKey(String column, Object value, String expected) {
    return found(inFile(column, value, expected) + REMEDY);
  }

  private static String inFile(String column, Object value, String expected) {
    return "column '%s' holds '%s', which is not %s, in %s"
        .formatted(column, value, expected, InputFileBlockHolder.getInputFilePath());
  }

  /** An error that says this, and nothing else. */
  public static IllegalArgumentException found(String what) {
    return new IllegalArgumentException(OPEN + what + CLOSE);
  }

  /** An error that says this, where the column is evaluated. */
  public static Column raised(Column what) {
    return raise_error(concat(lit(OPEN), what, lit(CLOSE)));
  }

  private static Column orError(Column isBad, Column good, Column message) {
    return when(isBad, raised(message)).otherwise(good);
  }

  private static Column inFile(String before, Column shown, String after) {
    return concat(
        lit(before),
        coalesce(shown.cast("string"), lit("null")),
        lit(after + ", in "),
        input_file_name());
  }

  /** What such an error says, if the message is one; a plan that only quotes the marker is not. */
  public static Optional<String> in(String message) {
    int to = message == null || !message.startsWith(OPEN) ? -1 : message.indexOf(CLOSE);
    return to < 0 ? Optional.empty() : Optional.of(message.substring(OPEN.length(), to));
  }
}
