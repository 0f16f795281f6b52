package dev.emroperator.finance.e2e.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.e2e.Cloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image without a base, taken apart; its entry point runs here as the chart runs it. */
@Tag("delivery")
class ImageIT {

  private static final String PARTS = "app/resources/META-INF/sbom/application.cdx.json";

  @TempDir static Path folder;
  private static Image image;

  @BeforeAll
  static void takeApart() throws Exception {
    image = Image.takenApart(Path.of("operator/target/jib-image.tar"), folder);
  }

  @Test
  void nobodyNeedsToBeRoot() {
    assertEquals("65532:65532", image.config().path("User").asText());
  }

  @Test
  void itTellsWhatItIs() {
    JsonNode labels = image.config().path("Labels");
    assertEquals("emr-operator", labels.path("org.opencontainers.image.title").asText());
    assertEquals("Apache-2.0", labels.path("org.opencontainers.image.licenses").asText());
    assertTrue(labels.path("org.opencontainers.image.version").asText().matches("\\d+\\..*"));
  }

  @Test
  void theJobAndTheListOfPartsAreInside() {
    assertTrue(Files.exists(folder.resolve("app/resources/job/spark-job.jar")));
    assertTrue(Files.exists(folder.resolve(PARTS)));
  }

  /** And so nothing that is for tests only. */
  @Test
  void itHoldsExactlyTheJarsOfThatList() throws Exception {
    Set<String> listed =
        Licences.of(folder.resolve(PARTS)).stream()
            .map(part -> part.name() + "-" + part.version() + ".jar")
            .collect(Collectors.toCollection(TreeSet::new));
    try (var jars = Files.list(folder.resolve("app/libs"))) {
      assertEquals(
          listed,
          jars.map(jar -> jar.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  /** Within the memory that the chart gives it, and with the service account's rights. */
  @Test
  void itsEntryPointBecomesReadyAndEndsWhenItIsTold() throws Exception {
    Cloud cloud = Cloud.shared();
    cloud.endOperator();
    long start = System.nanoTime();
    try (Image.Running operator = image.run(cloud)) {
      cloud.await(operator::isReady, "the image's operator is ready", Duration.ofSeconds(60));
      double seconds = (System.nanoTime() - start) / 1e9;
      long peak = operator.peakMiB();
      System.out.printf(
          "image: %d MiB without its base, ready after %.1f s, at most %d MiB of memory%n",
          image.mebibytes(), seconds, peak);
      assertTrue(peak < 512, peak + " MiB; the chart's limit is 512");
      assertEquals(0, operator.end(), operator.log());
    }
  }
}
