package dev.emroperator.finance.api.run;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folders that hold the value of a column in their name, as Hive writes them: {@code
 * date=2024-01-02/part-0.parquet}.
 *
 * @param base location without those folders and what is below, ending in {@code /}
 * @param columns values by name of column, in the order of the folders; text, as it stands there
 */
public record HivePath(String base, Map<String, String> columns) {

  /** Looks for such folders in the location of a file. */
  public static HivePath of(String location) {
    List<String> segments = Arrays.asList(location.split("/", -1));
    List<String> folders = segments.subList(0, segments.size() - 1);
    Map<String, String> columns = new LinkedHashMap<>();
    int first = folders.size();
    for (int i = 0; i < folders.size(); i++) {
      int equals = folders.get(i).indexOf('=');
      if (equals > 0) {
        first = Math.min(first, i);
        String name = unescaped(folders.get(i).substring(0, equals));
        columns.put(name, unescaped(folders.get(i).substring(equals + 1)));
      }
    }
    return new HivePath(String.join("/", folders.subList(0, first)) + "/", columns);
  }

  /** Hive writes what a name can't hold as {@code %} and two digits; a plus sign is itself. */
  private static String unescaped(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
