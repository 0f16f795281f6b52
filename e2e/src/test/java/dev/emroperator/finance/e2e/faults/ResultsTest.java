package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has finished an analysis. */
class ResultsTest {

  @TempDir private Path folder;

  private void write(String file) throws IOException {
    Path path = folder.resolve("_runs").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "{}");
  }

  @Test
  void eachAttemptWithAManifestHasFinishedIt() throws IOException {
    write("run1/a-1/_manifest.json");
    write("run1/a-2/_manifest.json");
    write("run2/a-3/_manifest.json");
    assertEquals(
        Map.of("run1", List.of("a-1", "a-2"), "run2", List.of("a-3")), Results.attempts(folder));
  }

  @Test
  void anAttemptWithoutAManifestHasNot() throws IOException {
    write("run1/a-1/part-0.csv");
    write("run1/a-2/_manifest.json");
    assertEquals(Map.of("run1", List.of("a-2")), Results.attempts(folder));
  }
}
