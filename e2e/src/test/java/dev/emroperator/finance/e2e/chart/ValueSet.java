package dev.emroperator.finance.e2e.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of values in {@code helm/ci}. */
record ValueSet(Path file) {

  private static final String SUFFIX = "-values.yaml";

  static List<ValueSet> all() {
    try (var files = Files.list(Path.of("helm/ci"))) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(file -> new ValueSet(file.toAbsolutePath()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ValueSet of(String name) {
    return new ValueSet(Path.of("helm/ci", name + SUFFIX).toAbsolutePath());
  }

  String name() {
    String file = file().getFileName().toString();
    return file.substring(0, file.length() - SUFFIX.length());
  }

  /** The manifests that this set gives, as they were last found to be right. */
  Path golden() {
    return Path.of("e2e/src/test/resources/chart/golden", name() + ".yaml").toAbsolutePath();
  }

  @Override
  public String toString() {
    return name();
  }
}
