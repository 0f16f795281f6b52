package dev.emroperator.finance.operator.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a schema holds a value to, in words. */
final class Constraints {

  private Constraints() {}

  /** One phrase of Markdown for each. */
  static List<String> of(JsonNode schema) {
    List<String> found = new ArrayList<>(ofValue(schema));
    addRange(found, schema, "minItems", "maxItems", " items");
    addRange(found, schema, "minProperties", "maxProperties", " entries");
    if (schema.has("items")) {
      ofValue(schema.get("items")).forEach(constraint -> found.add("each " + constraint));
    }
    return found;
  }

  private static List<String> ofValue(JsonNode schema) {
    List<String> found = new ArrayList<>();
    if (schema.has("enum")) {
      List<String> values = new ArrayList<>();
      schema.get("enum").forEach(value -> values.add(value.asText()));
      found.add(FieldTable.either(values));
    }
    if (schema.path("exclusiveMinimum").asBoolean()) {
      found.add("above " + number(schema.get("minimum")));
      addRange(found, schema, "", "maximum", "");
    } else {
      addRange(found, schema, "minimum", "maximum", "");
    }
    addRange(found, schema, "minLength", "maxLength", " characters");
    if (schema.has("pattern")) {
      found.add("matches " + FieldTable.code(schema.get("pattern").asText()));
    }
    return found;
  }

  private static void addRange(
      List<String> found, JsonNode schema, String least, String most, String what) {
    if (schema.has(least) && schema.has(most)) {
      found.add(number(schema.get(least)) + " to " + number(schema.get(most)) + what);
    } else if (schema.has(least)) {
      found.add("at least " + number(schema.get(least)) + what);
    } else if (schema.has(most)) {
      found.add("at most " + number(schema.get(most)) + what);
    }
  }

  private static String number(JsonNode bound) {
    return bound.decimalValue().stripTrailingZeros().toPlainString();
  }
}
