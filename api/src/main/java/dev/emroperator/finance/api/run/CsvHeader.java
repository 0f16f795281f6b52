package dev.emroperator.finance.api.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header line of a CSV file, read alike before a cluster is paid and on it (RFC 4180). */
public final class CsvHeader {

  private static final Pattern NAME =
      Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^\",]*))\\s*(?:,|$)");

  private CsvHeader() {}

  /**
   * Names of the columns, in order. A comma within quotes belongs to the name.
   *
   * @param line without its line break; a byte order mark is skipped
   * @throws IllegalArgumentException when quotes are not closed, or stand inside of a name
   */
  public static List<String> columns(String line) {
    String header = line.startsWith("\uFEFF") ? line.substring(1) : line;
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(header);
    int at = 0;
    boolean another = true;
    while (another) {
      if (!name.find(at) || name.start() != at) {
        throw new IllegalArgumentException(
            "its header line has a quote that does not enclose a whole name: " + header);
      }
      names.add(
          name.group(1) == null ? name.group(2).strip() : name.group(1).replace("\"\"", "\""));
      another = name.group().endsWith(",") && at < header.length();
      at = name.end();
    }
    return names;
  }
}
