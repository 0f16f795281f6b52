package dev.emroperator.finance.e2e.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.e2e.Cloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
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
    assertTrue(Files.exists(folder.resolve(PARTS)), "a build with --offline lists no parts");
  }

  /** And so nothing that is for tests only, and no other build of what is named. */
  @Test
  void itHoldsExactlyTheJarsOfThatListByteForByte() throws Exception {
    Map<String, String> listed = new TreeMap<>();
    for (JsonNode part :
        new ObjectMapper().readTree(folder.resolve(PARTS).toFile()).path("components")) {
      listed.put(
          part.path("name").asText() + "-" + part.path("version").asText() + ".jar", sha256(part));
    }
    Map<String, String> held = new TreeMap<>();
    try (var jars = Files.list(folder.resolve("app/libs"))) {
      for (Path jar : jars.toList()) {
        held.put(jar.getFileName().toString(), sha256(Files.readAllBytes(jar)));
      }
    }
    assertEquals(listed, held);
  }

  private static String sha256(JsonNode part) {
    for (JsonNode hash : part.path("hashes")) {
      if (hash.path("alg").asText().equals("SHA-256")) {
        return hash.path("content").asText();
      }
    }
    throw new AssertionError("no SHA-256 of " + part);
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void itIsSmall() throws Exception {
    assertTrue(image.mebibytes() < 50, image.mebibytes() + " MiB without a base");
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
