package dev.emroperator.finance.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** DuckDB in this process, with as many threads as Spark has. */
final class DuckDb {

  private DuckDb() {}

  static void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Rows of all Parquet files below a folder. */
  static long rows(Path folder) {
    return Long.parseLong(
        value("SELECT count(*) FROM read_parquet('%s/**/*.parquet')".formatted(folder)));
  }

  /** The one value of a query, as text. */
  static String value(String query) {
    return column(query).get(0);
  }

  /** The first column of a query, as text. */
  static List<String> column(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static Connection connect() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("threads", String.valueOf(Peer.THREADS));
    return DriverManager.getConnection("jdbc:duckdb:", settings);
  }
}
