package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The oracle: another engine over the same files. */
final class DuckDb {

  private static final double TOLERANCE = 1e-9;

  private DuckDb() {}

  static void execute(String sql) {
    query(sql);
  }

  /** Both queries give the same rows; numbers to a relative 1e-9. */
  static void assertSame(String expectedSql, String actualSql) {
    List<List<Object>> expected = query(expectedSql);
    List<List<Object>> actual = query(actualSql);
    assertFalse(expected.isEmpty());
    assertEquals(expected.size(), actual.size(), "number of rows");
    for (int row = 0; row < expected.size(); row++) {
      for (int column = 0; column < expected.get(row).size(); column++) {
        Object want = expected.get(row).get(column);
        Object have = actual.get(row).get(column);
        if (want instanceof Double number && have instanceof Double other) {
          assertEquals(number, other, TOLERANCE * Math.abs(number), "row " + row);
        } else {
          assertEquals(want, have, "row " + row);
        }
      }
    }
  }

  private static List<List<Object>> query(String sql) {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      List<List<Object>> rows = new ArrayList<>();
      if (!statement.execute(sql)) {
        return rows;
      }
      try (ResultSet result = statement.getResultSet()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            row.add(result.getObject(i));
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
