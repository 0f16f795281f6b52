package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.Tool.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suites in {@code helm/tests}: NOTES, which no golden file holds, and settings of few. */
@Tag("delivery")
class HelmUnittestIT {

  @TempDir Path folder;

  @Test
  void everyTestOfTheSuitesPasses() throws IOException {
    // A copy, for it makes a folder for snapshots.
    Path chart = ChartCopy.into(folder).folder();
    Answer answer = Tool.of("helm-unittest").run("--strict", chart.toString());
    assertEquals(0, answer.exitCode(), answer.printed());
    int tests = written();
    assertNotEquals(0, tests);
    String all = "Tests: " + tests + " passed, " + tests + " total";
    assertTrue(answer.printed().replaceAll(" +", " ").contains(all), answer.printed());
  }

  /**
   * As many as stand in the folder, whatever a file is called; others may have a folder for
   * snapshots there.
   */
  private static int written() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    int tests = 0;
    try (var files = Files.list(Path.of("helm/tests"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (var suites = yaml.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
          while (suites.hasNext()) {
            tests += suites.next().path("tests").size();
          }
        }
      }
    }
    return tests;
  }
}
