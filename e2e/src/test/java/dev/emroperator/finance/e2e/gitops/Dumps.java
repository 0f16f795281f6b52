package dev.emroperator.finance.e2e.gitops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The dumped objects that tools of others judge. */
final class Dumps {

  static final Path FOLDER = Path.of("e2e", "src", "test", "resources", "objects");

  private static final String SUFFIX = ".yaml";

  private Dumps() {}

  /** Files by the moment that they show. */
  static Map<String, Path> all() throws IOException {
    Map<String, Path> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      files.forEach(file -> all.put(moment(file.toString()), file));
    }
    return all;
  }

  /** Of a file, as a tool names it. */
  static String moment(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
