package dev.emroperator.finance.job.input;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;

/** The columns of a Parquet file that are of another type than results have. */
final class Casts {

  private Casts() {}

  /** As in {@code close: float, volume: double}; empty where none is. */
  static String of(InputFile file, Map<String, String> names, Set<String> wanted) {
    Map<String, String> cast = new TreeMap<>();
    for (String column : wanted) {
      file.type(names.get(column))
          .filter(type -> !isNatural(column, type.toLowerCase(Locale.ROOT)))
          .ifPresent(type -> cast.put(names.get(column), shown(type)));
    }
    return cast.isEmpty() ? "" : "read as another type: " + cast;
  }

  /** What a wanted column is that can't be read as what it must be; empty where all can. */
  static Optional<String> refused(InputFile file, Map<String, String> names, Set<String> wanted) {
    return wanted.stream()
        .map(column -> refused(file, names.get(column), column))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> refused(InputFile file, String name, String column) {
    String told = "column '%s' is of type %s, which %s, in " + file.file().path();
    return file.type(name)
        .flatMap(
            type -> {
              Optional<DataType> read = file.sparkType(name);
              return read.isEmpty()
                  ? Optional.of(told.formatted(name, shown(type), "can't be read"))
                  : CanonicalColumn.expected(column, read.get())
                      .map(wish -> told.formatted(name, read.get().sql(), "is not " + wish));
            });
  }

  /** Without the id that every column is given. */
  private static String shown(String type) {
    return type.replaceFirst("\\s*=.*", "");
  }

  private static boolean isNatural(String column, String type) {
    return switch (column) {
      case "ticker" -> type.contains("(string)");
      case "time" ->
          type.contains("timestamp(") && type.contains("true)") && !type.contains("(nanos,")
              || type.contains("int96");
      case "volume", "seq" -> type.startsWith("int64") || type.startsWith("int32");
      case "side" -> true;
      case "open",
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
          type.startsWith("double");
      default -> true;
    };
  }
}
