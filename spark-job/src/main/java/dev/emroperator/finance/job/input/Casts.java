package dev.emroperator.finance.job.input;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The columns of a Parquet file that are of another type than results have. */
final class Casts {

  private Casts() {}

  /** As in {@code close: float, volume: double}; empty where none is. */
  static String of(InputFile file, Map<String, String> names, Set<String> wanted) {
    Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    types.putAll(file.types());
    Map<String, String> cast = new TreeMap<>();
    for (String column : wanted) {
      String type = types.get(names.get(column));
      if (type != null && !isNatural(column, type.toLowerCase(Locale.ROOT))) {
        cast.put(names.get(column), type.replaceFirst("\\s*=.*", ""));
      }
    }
    return cast.isEmpty() ? "" : "read as another type: " + cast;
  }

  private static boolean isNatural(String column, String type) {
    return switch (column) {
      case "ticker" -> type.contains("(string)");
      case "time" ->
          type.contains("timestamp(") && type.contains("true)") || type.contains("int96");
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
