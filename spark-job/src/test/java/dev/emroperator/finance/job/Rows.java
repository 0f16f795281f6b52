package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** Compares results row by row: numbers to a relative 1e-9, everything else exactly. */
final class Rows {

  private static final double TOLERANCE = 1e-9;

  private Rows() {}

  static void assertSame(List<List<Object>> expected, List<List<Object>> actual) {
    assertTrue(!expected.isEmpty(), "the oracle gave no rows");
    assertEquals(expected.size(), actual.size(), "number of rows");
    for (int row = 0; row < expected.size(); row++) {
      for (int column = 0; column < expected.get(row).size(); column++) {
        Object want = expected.get(row).get(column);
        Object have = actual.get(row).get(column);
        if (want instanceof Double number && have instanceof Double other) {
          assertEquals(
              number,
              other,
              TOLERANCE * Math.max(1, Math.abs(number)),
              "row " + row + " " + actual.get(row));
        } else {
          assertEquals(want, have, "row " + row + " " + actual.get(row));
        }
      }
    }
  }
}
