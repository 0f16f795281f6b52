package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** Compares results row by row: numbers to a relative 1e-9, everything else exactly. */
final class Rows {

  private static final double TOLERANCE = 1e-9;

  /** What subtractions of prices leave where the result is 0. */
  private static final double NOTHING = 1e-13;

  private Rows() {}

  static void assertSame(List<List<Object>> expected, List<List<Object>> actual) {
    assertTrue(!expected.isEmpty(), "the oracle gave no rows");
    assertEquals(expected.size(), actual.size(), "number of rows");
    for (int row = 0; row < expected.size(); row++) {
      assertEquals(expected.get(row).size(), actual.get(row).size(), "number of columns");
      for (int column = 0; column < expected.get(row).size(); column++) {
        Object want = expected.get(row).get(column);
        Object have = actual.get(row).get(column);
        if (want instanceof Double number && have instanceof Double other) {
          assertEquals(
              number,
              other,
              Math.max(TOLERANCE * Math.abs(number), NOTHING),
              "row " + row + " " + actual.get(row));
        } else {
          assertEquals(want, have, "row " + row + " " + actual.get(row));
        }
      }
    }
  }
}
