package dev.emroperator.finance.bench;

import java.util.List;
import java.util.stream.Stream;

/** Whether two results are the same, told by DuckDB. */
final class SameRows {

  /** Relative to the larger one: sums of the same numbers in another order differ less. */
  private static final String TOLERANCE = "1e-9";

  private SameRows() {}

  /**
   * Rows that differ, or that only one of the results has.
   *
   * @param one query of the rows, which have the same columns; those that are no DOUBLE are the
   *     same to the last bit, and tell rows apart
   */
  static long differences(String one, String other) {
    List<String> keys = columns(one, "<>");
    String differs =
        String.join(
            " OR ",
            Stream.concat(
                    keys.stream().map(key -> "a.%1$s IS DISTINCT FROM b.%1$s".formatted(key)),
                    columns(one, "=").stream().map(SameRows::differ))
                .toList());
    return Long.parseLong(
        DuckDb.value(
            "SELECT count(*) FROM %s a POSITIONAL JOIN %s b WHERE %s"
                .formatted(sorted(one, keys), sorted(other, keys), differs)));
  }

  private static List<String> columns(String rows, String comparison) {
    return DuckDb.column(
        "SELECT column_name FROM (DESCRIBE %s) WHERE column_type %s 'DOUBLE'"
            .formatted(rows, comparison));
  }

  private static String differ(String value) {
    return "(a.%1$s IS NULL) <> (b.%1$s IS NULL) OR abs(a.%1$s - b.%1$s) > %2$s * greatest(abs(a.%1$s), abs(b.%1$s))"
        .formatted(value, TOLERANCE);
  }

  private static String sorted(String rows, List<String> keys) {
    return "(SELECT * FROM (%s) ORDER BY %s)".formatted(rows, String.join(", ", keys));
  }
}
