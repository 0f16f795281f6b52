package dev.emroperator.finance.localcloud.gateway;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** First line and headers of an HTTP/1.1 message. */
record Head(String start, List<String> lines) {

  private static final int LONGEST_LINE = 1 << 20;

  /** Null when the other side has nothing more to say. */
  static Head read(InputStream in) throws IOException {
    String start = readLine(in);
    if (start == null) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    for (String line = readLine(in); line == null || !line.isEmpty(); line = readLine(in)) {
      if (line == null) {
        throw new EOFException("the head of a message broke off");
      }
      lines.add(line);
    }
    return new Head(start, List.copyOf(lines));
  }

  void write(OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder(start).append("\r\n");
    lines.forEach(line -> text.append(line).append("\r\n"));
    out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A line without its end; null at the end of the stream. */
  static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 && line.size() == 0) {
        return null;
      }
      if (b < 0 || line.size() == LONGEST_LINE) {
        throw new EOFException("a line of a message broke off, or never ends");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Of a request. */
  String method() {
    return start.substring(0, start.indexOf(' '));
  }

  /** Of a request, with the query. */
  String path() {
    return start.substring(start.indexOf(' ') + 1, start.lastIndexOf(' '));
  }

  /** Of a response. */
  int status() {
    return Integer.parseInt(start.split(" ", 3)[1]);
  }

  Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    lines.forEach(
        line -> {
          int colon = line.indexOf(':');
          headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
    return headers;
  }

  /** True if a header is there with this among its words. */
  boolean says(String header, String word) {
    return headers().getOrDefault(header, "").toLowerCase(Locale.ROOT).contains(word);
  }

  Head without(Set<String> names) {
    return new Head(
        start,
        lines.stream()
            .filter(l -> !names.contains(l.substring(0, l.indexOf(':')).toLowerCase(Locale.ROOT)))
            .toList());
  }

  Head with(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new Head(start, List.copyOf(more));
  }
}
