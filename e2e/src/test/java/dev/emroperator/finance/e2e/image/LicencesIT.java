package dev.emroperator.finance.e2e.image;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.image.Licences.Shipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the operator is shipped with. */
class LicencesIT {

  private static final Path SBOM =
      Path.of("operator/target/classes/META-INF/sbom/application.cdx.json");
  private static final Path PAGE = Path.of("docs/licences.md");

  @Test
  void everyJarHasALicenceThatIsAllowed() throws IOException {
    List<Shipped> shipped = ofOthers();
    assertTrue(shipped.size() > 50, shipped.size() + " jars");
    assertEquals(List.of(), shipped.stream().filter(jar -> !jar.isAllowed()).toList());
  }

  @Test
  void thePageListsThem() throws IOException {
    String page =
        """
        # Licences

        What the operator's jar and image hold besides the project itself, from their SBOM. Written by
        `mvn verify -Dit.test=LicencesIT -Dlicences.write`.

        | group | jar | version | licence |
        |---|---|---|---|
        """
            + ofOthers().stream().map(Shipped::row).collect(joining("\n", "", "\n"));
    if (System.getProperty("licences.write") != null) {
      Files.writeString(PAGE, page);
    }
    assertEquals(Files.readString(PAGE), page, PAGE + " is old: write it anew, by its own command");
  }

  private static List<Shipped> ofOthers() throws IOException {
    return Licences.of(SBOM).stream()
        .filter(jar -> !jar.group().startsWith("dev.emr-operator"))
        .toList();
  }
}
