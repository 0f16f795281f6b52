package dev.emroperator.finance.operator.reference;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Fields of an object as a table of Markdown. */
public final class FieldTable {

  private static final String HEAD =
      "| field | type | default | constraints | |\n| --- | --- | --- | --- | --- |\n";

  private FieldTable() {}

  /**
   * A line of the table.
   *
   * @param type as Markdown
   * @param defaultValue empty for none
   * @param constraints as Markdown, empty for none
   * @param description as plain text
   */
  public record Field(
      String name, String type, String defaultValue, String constraints, String description) {

    private String line() {
      String shown = defaultValue.isEmpty() ? "" : code(defaultValue);
      return "| %s | %s | %s | %s | %s |\n"
          .formatted(code(name), type, cell(shown), cell(constraints), cell(plain(description)));
    }
  }

  /** The table, whose fields stand in the order given. */
  public static String of(List<Field> fields) {
    return fields.stream().map(Field::line).collect(Collectors.joining("", HEAD, ""));
  }

  /** A link to the section of this page that a heading in code font begins. */
  public static String link(String text, String heading) {
    return "[%s](#%s)".formatted(text, anchor(heading));
  }

  /** {@code `a`, `b` or `c`}. */
  public static String either(List<String> values) {
    List<String> shown = values.stream().map(FieldTable::code).toList();
    int last = shown.size() - 1;
    return last == 0
        ? shown.get(0)
        : String.join(", ", shown.subList(0, last)) + " or " + shown.get(last);
  }

  public static String code(String text) {
    return "`" + text + "`";
  }

  /** As GitHub makes it from a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  /** Text in which nothing is taken for HTML. */
  private static String plain(String text) {
    return text.replace("<", "\\<");
  }

  private static String cell(String markdown) {
    return markdown.replace("|", "\\|").replaceAll("\\s+", " ").strip();
  }
}
