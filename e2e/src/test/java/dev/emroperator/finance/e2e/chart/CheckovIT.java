package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.Tool.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checkov's judgement of what the chart gives for the sets of values. What it finds stands with
 * reasons in {@code checkov.txt}, which holds nothing that it does not find any more.
 */
@Tag("delivery")
class CheckovIT {

  private static final Path CHART = Path.of("e2e/src/test/resources/chart");

  @Test
  void checkovFindsOnlyWhatIsExplained() throws IOException {
    Answer answer =
        Tool.of("checkov")
            .run(
                Path.of(""),
                Map.of("LOG_LEVEL", "ERROR"),
                "--directory=" + CHART.resolve("golden"),
                "--framework=kubernetes",
                "--output=json",
                "--soft-fail",
                "--skip-download");
    assertEquals(0, answer.exitCode(), answer.printed());
    JsonNode report = new ObjectMapper().readTree(answer.printed());
    assertTrue(report.at("/summary/passed").asInt() > 0, answer.printed());
    Set<String> found = new TreeSet<>();
    for (JsonNode check : report.at("/results/failed_checks")) {
      String kind = check.path("resource").asText().split("\\.")[0];
      found.add(check.path("check_id").asText() + " " + kind);
    }
    assertEquals(explained(), found);
  }

  private static Set<String> explained() throws IOException {
    Set<String> explained = new TreeSet<>();
    for (String line : Files.readAllLines(CHART.resolve("checkov.txt"))) {
      String[] words = line.split(" +", 3);
      if (!line.startsWith("#")) {
        assertTrue(words.length == 3, "a reason is missing: " + line);
        explained.add(words[0] + " " + words[1]);
      }
    }
    return explained;
  }
}
