package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.emroperator.finance.localcloud.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** One version for the chart, the image and the job: docs/releasing.md. */
class ReleaseTest {

  private static final Path ROOT = Checkout.find().root();
  private static final String SNAPSHOT = "-SNAPSHOT";

  private static String version() throws Exception {
    return XPathFactory.newInstance()
        .newXPath()
        .evaluate(
            "/*/*[local-name()='version']", new InputSource(ROOT.resolve("pom.xml").toString()));
  }

  @Test
  void theChartBearsTheVersionOfTheBuild() throws Exception {
    String version = version().replace(SNAPSHOT, "");
    JsonNode chart = new YAMLMapper().readTree(ROOT.resolve("helm/Chart.yaml").toFile());
    assertEquals(version, chart.path("version").asText());
    assertEquals(version, chart.path("appVersion").asText());
  }

  @Test
  void aReleaseSaysWhatChanges() throws Exception {
    String version = version();
    boolean isSaid =
        Files.readAllLines(ROOT.resolve("CHANGELOG.md")).stream()
            .anyMatch(line -> line.matches("## \\Q" + version + "\\E( .*)?"));
    assertTrue(isSaid || version.endsWith(SNAPSHOT), "CHANGELOG.md has no heading " + version);
  }
}
