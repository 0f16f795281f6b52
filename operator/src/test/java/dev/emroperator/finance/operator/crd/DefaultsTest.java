package dev.emroperator.finance.operator.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A list belongs as a whole to who applies it. A default that the API server writes into one of its
 * items would show as a difference in Argo CD for ever: those stand in the records and
 * descriptions.
 */
class DefaultsTest {

  private static final Path CRD = Path.of("../crds", CrdGenerator.FILE);

  @Test
  void noneStandsWithinAList() throws IOException {
    JsonNode spec =
        new YAMLMapper()
            .readTree(CRD.toFile())
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    for (String list : List.of("inputs", "analyses")) {
      JsonNode items = spec.at("/properties/" + list + "/items");
      assertTrue(items.has("properties"), list);
      assertEquals(List.of(), items.findValues("default"), list);
    }
  }
}
