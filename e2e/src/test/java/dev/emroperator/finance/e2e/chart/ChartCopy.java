package dev.emroperator.finance.e2e.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/** A copy of the chart, some of whose files are others, so that only what is asked for is seen. */
record ChartCopy(Path folder) {

  static final String CRD = "files/financialanalyses.finance.emr-operator.dev-v1.yml";
  static final String ALERTS = "files/alerts.yaml";
  static final String DASHBOARD = "files/dashboard.json";

  private static final Path STAND_INS = Path.of("e2e/src/test/resources/chart/stand-ins");

  /** Copies it into a folder below. */
  static ChartCopy into(Path folder) {
    Path chart = Path.of("helm");
    Path target = folder.resolve("chart");
    try (var files = Files.walk(chart)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(chart.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
      return new ChartCopy(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a short file in place of one whose content is tested elsewhere. */
  ChartCopy standIn(String file) {
    try {
      Path target = folder.resolve(file);
      Path source = STAND_INS.resolve(target.getFileName());
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChartCopy edit(String file, UnaryOperator<String> change) {
    try {
      Path target = folder.resolve(file);
      Files.writeString(target, change.apply(Files.readString(target)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
