package dev.emroperator.finance.bench.operator;

import java.util.List;
import java.util.Map;

/**
 * What came out of a scenario.
 *
 * @param rows of its table
 * @param common what every scenario tells, as JSON
 */
record Measured(List<Row> rows, Map<String, Object> common) {

  Measured {
    rows = List.copyOf(rows);
  }

  /** A scenario that broke off. */
  static Measured nothing() {
    return new Measured(List.of(Row.exactly(1, "came to its end", 0, "")), Map.of());
  }
}
