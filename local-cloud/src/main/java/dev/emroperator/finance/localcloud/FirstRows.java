package dev.emroperator.finance.localcloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The first rows of a result, read by DuckDB: an engine that knows nothing of us. */
final class FirstRows {

  private static final int ROWS = 5;

  private FirstRows() {}

  static String of(Path folder, boolean csv) {
    String read = csv ? "read_csv" : "read_parquet";
    String query =
        "SELECT * FROM %s(%s, hive_partitioning=true) ORDER BY ALL LIMIT %d"
            .formatted(read, files(folder, csv ? ".csv" : ".parquet"), ROWS);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("SET TimeZone='UTC'");
      try (ResultSet result = statement.executeQuery(query)) {
        return layOut(rows(result));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB can't read " + folder, e);
    }
  }

  /** As a list of SQL. A pattern of DuckDB would find what lies in hidden folders, too. */
  private static String files(Path folder, String suffix) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix) && !isHidden(folder, file))
          .map(file -> "'" + file + "'")
          .collect(Collectors.joining(", ", "[", "]"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isHidden(Path folder, Path file) {
    for (Path name : folder.relativize(file)) {
      if (name.toString().startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  private static List<List<String>> rows(ResultSet result) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      header.add(columns.getColumnName(i));
    }
    rows.add(header);
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= header.size(); i++) {
        row.add(text(result.getObject(i)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String text(Object value) {
    if (value == null) {
      return "-";
    }
    return value instanceof Double number ? "%.4f".formatted(number) : value.toString();
  }

  private static String layOut(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder("  ");
              for (int i = 0; i < widths.length; i++) {
                line.append(("%-" + widths[i] + "s  ").formatted(row.get(i)));
              }
              return line.toString().stripTrailing();
            })
        .collect(Collectors.joining("\n"));
  }
}
