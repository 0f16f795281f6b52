package dev.emroperator.finance.bench.operator;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Lines over a common axis, as SVG. Both axes begin at 0, and share the scale of the largest. */
final class Plot {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 260;
  private static final int MARGIN = 50;
  private static final List<String> COLOURS = List.of("#1f77b4", "#d62728", "#2ca02c");

  private final StringBuilder svg = new StringBuilder();
  private final double mostX;
  private final double mostY;

  private Plot(double mostX, double mostY) {
    this.mostX = mostX;
    this.mostY = mostY;
  }

  /**
   * Draws it.
   *
   * @param axis what x is
   * @param lines by their names: y by x
   */
  static String of(String axis, Map<String, Map<Integer, Double>> lines) {
    double mostX =
        lines.values().stream().flatMap(l -> l.keySet().stream()).mapToInt(x -> x).max().orElse(1);
    double mostY =
        lines.values().stream()
            .flatMap(l -> l.values().stream())
            .mapToDouble(y -> y)
            .max()
            .orElse(1);
    return new Plot(mostX, mostY).draw(axis, lines);
  }

  private String draw(String axis, Map<String, Map<Integer, Double>> lines) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">",
        WIDTH, HEIGHT);
    add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
    add(
        "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"black\"/>",
        MARGIN, MARGIN / 2, HEIGHT - MARGIN, WIDTH - MARGIN / 2);
    text(WIDTH / 2.0, HEIGHT - 8.0, "middle", "black", axis);
    text(MARGIN - 6.0, y(mostY) + 4, "end", "black", String.format(Locale.ROOT, "%.0f", mostY));
    text(MARGIN - 6.0, y(0) + 4, "end", "black", "0");
    Iterator<String> colours = COLOURS.iterator();
    int line = 0;
    for (Map.Entry<String, Map<Integer, Double>> named : new TreeMap<>(lines).entrySet()) {
      String colour = colours.next();
      line(named.getValue(), colour);
      text(MARGIN + 12.0, MARGIN / 2.0 + 14 * line, "start", colour, named.getKey());
      line++;
    }
    lines.values().stream()
        .flatMap(l -> l.keySet().stream())
        .distinct()
        .forEach(x -> text(x(x), HEIGHT - MARGIN + 16.0, "middle", "black", "" + x));
    add("</svg>");
    return svg.toString();
  }

  private void line(Map<Integer, Double> points, String colour) {
    StringBuilder path = new StringBuilder();
    new TreeMap<>(points)
        .forEach(
            (x, y) -> {
              path.append(path.isEmpty() ? "M" : " L")
                  .append(String.format(Locale.ROOT, "%.1f %.1f", x(x), y(y)));
              add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x(x), y(y), colour);
            });
    add("<path d=\"%s\" fill=\"none\" stroke=\"%s\"/>", path, colour);
  }

  private void text(double x, double y, String anchor, String colour, String what) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
        x, y, anchor, colour, what);
  }

  private double x(double value) {
    return MARGIN + value / mostX * (WIDTH - 1.5 * MARGIN);
  }

  private double y(double value) {
    return HEIGHT - MARGIN - value / mostY * (HEIGHT - 2.0 * MARGIN);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
