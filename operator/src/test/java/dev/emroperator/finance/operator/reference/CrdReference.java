package dev.emroperator.finance.operator.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.operator.reference.FieldTable.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The page that shows every field of the object, with what the API server holds it to. */
final class CrdReference {

  private static final String TOP =
      """
      # FinancialAnalysis

      Every field of the object, from its CRD. This page is written by the build; `kubectl explain fa.spec` tells the same. What the kinds of
      analyses compute is told in [analyses](../analyses.md), and how to begin in the [guide](../guide.md).

      """;

  private final StringBuilder page = new StringBuilder(TOP);

  private CrdReference() {}

  /**
   * Writes the page.
   *
   * @param crd the whole CustomResourceDefinition
   */
  static String page(JsonNode crd) {
    JsonNode version = crd.at("/spec/versions/0");
    CrdReference reference = new CrdReference();
    reference.page.append(
        "`apiVersion: %s/%s`, `kind: %s`; short name `%s`.\n\n"
            .formatted(
                crd.at("/spec/group").asText(),
                version.path("name").asText(),
                crd.at("/spec/names/kind").asText(),
                crd.at("/spec/names/shortNames/0").asText()));
    JsonNode root = version.at("/schema/openAPIV3Schema");
    reference.text(root);
    reference.rules(root);
    for (String part : List.of("spec", "status")) {
      reference.section(part, root.at("/properties/" + part), "##");
    }
    return reference.page.toString();
  }

  private void section(String path, JsonNode schema, String level) {
    page.append("%s %s\n\n".formatted(level, FieldTable.code(path)));
    text(schema);
    JsonNode object = objectOf(schema);
    page.append(FieldTable.of(fields(path, object))).append("\n");
    rules(object);
    for (Map.Entry<String, JsonNode> field : inOrder(object)) {
      if (objectOf(field.getValue()).has("properties")) {
        section(path + "." + field.getKey(), field.getValue(), "###");
      }
    }
  }

  private void text(JsonNode schema) {
    String description = schema.path("description").asText();
    if (!description.isEmpty()) {
      page.append(description).append("\n\n");
    }
  }

  private void rules(JsonNode schema) {
    JsonNode rules = schema.path("x-kubernetes-validations");
    if (!rules.isEmpty()) {
      page.append("The API server holds it to these rules:\n\n");
      rules.forEach(rule -> page.append("- ").append(rule.path("message").asText()).append("\n"));
      page.append("\n");
    }
  }

  private static List<Field> fields(String path, JsonNode object) {
    Set<String> required = required(object);
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : inOrder(object)) {
      JsonNode schema = field.getValue();
      List<String> constraints = new ArrayList<>();
      if (required.contains(field.getKey())) {
        constraints.add("required");
      }
      constraints.addAll(Constraints.of(schema));
      String defaultValue = defaultOf(schema);
      fields.add(
          new Field(
              field.getKey(),
              type(path + "." + field.getKey(), schema),
              defaultValue,
              String.join("; ", constraints),
              schema.path("description").asText().replace(" Default: " + defaultValue + ".", "")));
    }
    return fields;
  }

  private static Set<String> required(JsonNode object) {
    Set<String> required = new HashSet<>();
    object.path("required").forEach(name -> required.add(name.asText()));
    return required;
  }

  private static String defaultOf(JsonNode schema) {
    JsonNode value = schema.path("default");
    return value.isValueNode() ? value.asText() : "";
  }

  private static String type(String path, JsonNode schema) {
    String one = oneOf(path, objectOf(schema));
    if (schema.has("items")) {
      return "list: " + one;
    }
    return schema.has("additionalProperties") ? "map: " + one : one;
  }

  private static String oneOf(String path, JsonNode schema) {
    if (schema.has("properties")) {
      return FieldTable.link("object", path);
    }
    return schema.path("format").asText(schema.path("type").asText());
  }

  /** The schema itself, or that of what a list or map holds. */
  private static JsonNode objectOf(JsonNode schema) {
    if (schema.has("items")) {
      return schema.get("items");
    }
    JsonNode values = schema.path("additionalProperties");
    return values.isObject() ? values : schema;
  }

  /** What must be there first, then as the CRD has it. */
  private static List<Map.Entry<String, JsonNode>> inOrder(JsonNode object) {
    Set<String> required = required(object);
    List<Map.Entry<String, JsonNode>> fields =
        new ArrayList<>(object.path("properties").properties());
    fields.sort(java.util.Comparator.comparing(field -> !required.contains(field.getKey())));
    return fields;
  }
}
