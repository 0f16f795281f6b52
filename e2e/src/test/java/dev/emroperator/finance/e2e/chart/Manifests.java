package dev.emroperator.finance.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Objects as YAML has them. */
final class Manifests {

  private Manifests() {}

  /** Each by its kind, namespace and name; order and comments count for nothing. */
  static Map<String, JsonNode> of(String yaml) {
    Map<String, JsonNode> objects = new TreeMap<>();
    YAMLMapper mapper = new YAMLMapper();
    try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      while (documents.hasNext()) {
        JsonNode object = documents.next();
        if (object != null && object.isObject()) {
          objects.put(
              object.path("kind").asText()
                  + " "
                  + object.at("/metadata/namespace").asText()
                  + "/"
                  + object.at("/metadata/name").asText(),
              object);
        }
      }
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
