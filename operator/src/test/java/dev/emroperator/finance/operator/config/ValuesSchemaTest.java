package dev.emroperator.finance.operator.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.TimeSpan;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The schema of the chart's values knows the same fields as the operator, but for tests' own. */
class ValuesSchemaTest {

  /** With it a settle time may be too short, and a second cluster be asked for. */
  private static final String FOR_TESTS = "scaled";

  private final JsonNode root = read();
  private final JsonNode config = root.at("/properties/config");

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(new File("../helm/values.schema.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : root.at(reference.substring(1));
  }

  private void assertSame(String at, Class<?> type, JsonNode schema) {
    JsonNode object = resolved(schema);
    JsonNode fields = object.path("properties");
    Set<String> known = new TreeSet<>();
    fields.fieldNames().forEachRemaining(known::add);
    List<RecordComponent> components =
        Arrays.stream(type.getRecordComponents())
            .filter(component -> !component.getName().equals(FOR_TESTS))
            .toList();
    assertEquals(
        components.stream()
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new)),
        known,
        at);
    assertTrue(object.path("additionalProperties").isBoolean(), at);
    assertFalse(object.path("additionalProperties").asBoolean(), at);
    for (RecordComponent component : components) {
      JsonNode field = resolved(fields.path(component.getName()));
      assertSame(at + "." + component.getName(), component.getGenericType(), field);
    }
  }

  private void assertSame(String at, Type type, JsonNode schema) {
    if (type instanceof Class<?> single && single.isRecord()) {
      assertSame(at, single, schema);
    } else if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      String inner = of.length == 1 ? "items" : "additionalProperties";
      assertSame(at + "[]", of[of.length - 1], resolved(schema.path(inner)));
    } else if (type instanceof Class<?> single && single.isEnum()) {
      assertEquals(single.getEnumConstants().length, schema.path("enum").size(), at);
    } else {
      assertFalse(schema.isMissingNode(), at);
    }
  }

  @Test
  void itKnowsEveryFieldOfTheConfigurationAndNoOther() {
    assertSame("config", OperatorConfig.class, config);
  }

  @Test
  void aTimeSpanIsWhatTheOperatorTakesForOne() {
    assertEquals(TimeSpan.PATTERN, root.at("/definitions/timeSpan/pattern").asText());
  }
}
