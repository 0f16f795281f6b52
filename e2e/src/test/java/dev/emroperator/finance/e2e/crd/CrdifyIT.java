package dev.emroperator.finance.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.Tool.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Kubernetes' own crdify says of a newer CRD, beside the build's own check of each commit. */
@Tag("delivery")
class CrdifyIT {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String FILE = "financialanalyses.finance.emr-operator.dev-v1.yml";
  private static final Path NOW = Path.of("crds", FILE);
  private static final Path CONFIGURATION = Path.of("e2e/src/test/resources/crd/crdify.yaml");
  private static final String ADJUST =
      "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/analyses/items/properties/adjust";

  @TempDir static Path folder;
  private static Tool crdify;

  @BeforeAll
  static void build() {
    crdify = Tool.of("crdify");
  }

  private static Answer compare(Path released, Path now) {
    return crdify.run(
        "file://" + released.toAbsolutePath(),
        "file://" + now.toAbsolutePath(),
        "--config",
        CONFIGURATION.toString());
  }

  @TestFactory
  Stream<DynamicTest> theObjectOfEachReleaseIsStillUnderstood() throws IOException {
    List<Path> releases;
    try (Stream<Path> folders = Files.list(Path.of("crds/released"))) {
      releases = folders.filter(Files::isDirectory).sorted().toList();
    }
    return Stream.concat(Stream.of(NOW.getParent()), releases.stream())
        .map(
            release ->
                DynamicTest.dynamicTest(
                    release.getFileName().toString(),
                    () -> {
                      Answer answer = compare(release.resolve(FILE), NOW);
                      assertEquals(0, answer.exitCode(), answer.printed());
                    }));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/properties               | events    | null",
        "/properties/events        | type      | integer",
        "/properties/events        | maxLength | 39",
        "/properties/actions       | maxItems  | 1",
        "/properties/actions       | minItems  | 2",
        "/properties/actions/items | enum      | [splits]",
        "''                        | required  | [events, actions]"
      })
  void whatIsTakenAwayIsFound(String path, String field, String value) throws IOException {
    Answer answer = compare(NOW, changed(path, field, value));
    assertNotEquals(0, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains("adjust"), answer.printed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/properties               | currency  | {type: string}",
        "/properties/events        | maxLength | 41",
        "/properties/actions       | maxItems  | 3",
        "/properties/actions/items | enum      | [dividends, splits, spinoffs]",
        "''                        | required  | []"
      })
  void whatIsAddedMayCome(String path, String field, String value) throws IOException {
    Answer answer = compare(NOW, changed(path, field, value));
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  /** The CRD of today with another value of one field in the schema of {@code adjust}. */
  private static Path changed(String path, String field, String value) throws IOException {
    JsonNode crd = YAML.readTree(NOW.toFile());
    ObjectNode schema = (ObjectNode) crd.at(ADJUST + path);
    if (value.equals("null")) {
      schema.remove(field);
    } else {
      schema.set(field, YAML.readTree(value));
    }
    Path file = Files.createTempFile(folder, "changed", ".yml");
    YAML.writeValue(file.toFile(), crd);
    return file;
  }
}
