package dev.emroperator.finance.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The results of an object as a reader finds them: in S3, by their pointers. */
record Results(Lane lane, String object) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What is wrong with the result of an analysis: it has to be whole, and there once for each run.
   *
   * @param runs as many as may have a result
   */
  List<String> wrong(String analysis, int runs) {
    List<String> wrong = new ArrayList<>();
    try {
      Path folder = lane.cloud().s3().file(lane.output(object) + analysis);
      JsonNode pointer = JSON.readTree(Files.readString(folder.resolve("_current.json")));
      Path current = lane.cloud().s3().file(pointer.path("path").asText());
      JsonNode manifest = JSON.readTree(Files.readString(current.resolve("_manifest.json")));
      if (manifest.path("rows").asLong() != 1) {
        wrong.add(analysis + " has not its one row");
      }
      for (JsonNode file : manifest.path("files")) {
        Path part = current.resolve(file.path("path").asText());
        if (!Files.isRegularFile(part)) {
          wrong.add(part + " is missing");
        }
      }
      Map<String, List<String>> made = attempts(folder);
      if (made.size() > runs) {
        wrong.add(analysis + " has results of more than " + runs + " runs");
      }
      made.forEach(
          (run, attempts) -> {
            if (attempts.size() > 1) {
              wrong.add(analysis + " was finished in run " + run + " by each of " + attempts);
            }
          });
    } catch (IOException e) {
      wrong.add("the result of " + analysis + " can't be read: " + e);
    }
    return wrong;
  }

  /**
   * Who has finished an analysis: by run the attempts that have a manifest. What an attempt began
   * and did not finish shows as a run without one.
   *
   * @param folder of the analysis
   */
  static Map<String, List<String>> attempts(Path folder) throws IOException {
    Map<String, List<String>> attempts = new TreeMap<>();
    for (Path run : list(folder.resolve("_runs"))) {
      List<String> finished = new ArrayList<>();
      for (Path attempt : list(run)) {
        if (Files.exists(attempt.resolve("_manifest.json"))) {
          finished.add(attempt.getFileName().toString());
        }
      }
      attempts.put(run.getFileName().toString(), finished);
    }
    return attempts;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** True when an attempt, as in {@code 0f6d2a6e-1}, has finished an analysis. */
  boolean has(String attempt) {
    Path output = lane.cloud().s3().file(lane.output(object));
    if (!Files.isDirectory(output)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(output)) {
      return files.anyMatch(
          file ->
              file.endsWith("_manifest.json")
                  && file.getParent().getFileName().toString().equals(attempt));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
