package dev.emroperator.finance.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an object of a released schema could lose under a newer one. Whatever was valid must stay
 * valid: fields, values and rules may be added, but not be taken away or made narrower.
 */
final class Compatibility {

  /** Scripts, roles and kubectl know the object by these. */
  private static final List<String> IDENTITY =
      List.of(
          "/spec/group",
          "/spec/scope",
          "/spec/names/kind",
          "/spec/names/plural",
          "/spec/names/singular");

  /** Limits of which a smaller one is narrower. */
  private static final List<String> UPPER =
      List.of("maximum", "maxLength", "maxItems", "maxProperties");

  private static final List<String> LOWER =
      List.of("minimum", "minLength", "minItems", "minProperties");

  /** What may only stay as it is, or go. */
  private static final List<String> FORMS =
      List.of(
          "pattern",
          "format",
          "multipleOf",
          "uniqueItems",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "not",
          "allOf",
          "anyOf",
          "oneOf");

  /** What must stay as it is; another default would give old objects another meaning. */
  private static final List<String> KINDS =
      List.of(
          "type",
          "default",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-int-or-string",
          "x-kubernetes-preserve-unknown-fields");

  private final List<String> breaks = new ArrayList<>();

  private Compatibility() {}

  /**
   * What breaks, each with the path of its field; empty when nothing does.
   *
   * @param released a CustomResourceDefinition
   * @param now the newer one
   */
  static List<String> breaks(JsonNode released, JsonNode now) {
    Compatibility found = new Compatibility();
    Map<String, JsonNode> versions = new HashMap<>();
    now.at("/spec/versions").forEach(version -> versions.put(name(version), version));
    IDENTITY.forEach(path -> found.same(path, released.at(path), now.at(path)));
    JsonNode shortNames = now.at("/spec/names/shortNames");
    released
        .at("/spec/names/shortNames")
        .forEach(one -> found.added("/spec/names/shortNames", one, shortNames, "is gone"));
    for (JsonNode version : released.at("/spec/versions")) {
      JsonNode newer = versions.get(name(version));
      if (newer == null || !newer.path("served").asBoolean()) {
        found.breaks.add(name(version) + ": is no longer served");
        continue;
      }
      version
          .path("subresources")
          .fieldNames()
          .forEachRemaining(name -> found.subresource(version, newer, name));
      String schema = "/schema/openAPIV3Schema";
      found.compare(name(version), version.at(schema), newer.at(schema));
    }
    return found.breaks;
  }

  private void subresource(JsonNode released, JsonNode now, String name) {
    if (!now.path("subresources").has(name)) {
      breaks.add(name(released) + ": subresource " + name + " is gone");
    }
  }

  private static String name(JsonNode version) {
    return version.path("name").asText();
  }

  private void compare(String path, JsonNode released, JsonNode now) {
    KINDS.forEach(kind -> same(path + ": " + kind, released.path(kind), now.path(kind)));
    FORMS.stream()
        .filter(form -> now.has(form) && !now.get(form).equals(released.path(form)))
        .forEach(form -> breaks.add(path + ": " + form + " is now " + now.get(form)));
    if (released.path("nullable").asBoolean() && !now.path("nullable").asBoolean()) {
      breaks.add(path + ": may no longer be null");
    }
    limits(path, released, now);
    values(path, released.path("enum"), now.path("enum"));
    now.path("required")
        .forEach(field -> added(path, field, released.path("required"), "is now required"));
    rules(path, released.path("x-kubernetes-validations"), now.path("x-kubernetes-validations"));
    released
        .path("properties")
        .fields()
        .forEachRemaining(
            field -> below(path + "." + field.getKey(), field.getValue(), now, field.getKey()));
    inside(path + "[]", "items", released, now);
    inside(path + ".*", "additionalProperties", released, now);
  }

  private void below(String path, JsonNode released, JsonNode now, String field) {
    JsonNode newer = now.path("properties").path(field);
    if (newer.isMissingNode()) {
      breaks.add(path + ": is gone");
    } else {
      compare(path, released, newer);
    }
  }

  private void inside(String path, String what, JsonNode released, JsonNode now) {
    if (released.has(what)) {
      compare(path, released.get(what), now.path(what));
    }
  }

  private void limits(String path, JsonNode released, JsonNode now) {
    for (String limit : UPPER) {
      double before = released.path(limit).asDouble(Double.POSITIVE_INFINITY);
      if (now.path(limit).asDouble(Double.POSITIVE_INFINITY) < before) {
        breaks.add(path + ": " + limit + " is now " + now.get(limit));
      }
    }
    for (String limit : LOWER) {
      double before = released.path(limit).asDouble(Double.NEGATIVE_INFINITY);
      if (now.path(limit).asDouble(Double.NEGATIVE_INFINITY) > before) {
        breaks.add(path + ": " + limit + " is now " + now.get(limit));
      }
    }
  }

  private void values(String path, JsonNode released, JsonNode now) {
    if (now.isMissingNode()) {
      return;
    }
    if (released.isMissingNode()) {
      breaks.add(path + ": has now only the values " + now);
    }
    released.forEach(value -> added(path, value, now, "is no value any more"));
  }

  /** A rule that is new may refuse what was valid, but for one that can look at what was there. */
  private void rules(String path, JsonNode released, JsonNode now) {
    List<String> known = new ArrayList<>();
    released.forEach(rule -> known.add(rule.path("rule").asText()));
    for (JsonNode rule : now) {
      if (!known.contains(rule.path("rule").asText())
          && !rule.path("optionalOldSelf").asBoolean()) {
        breaks.add(path + ": has a new rule, " + rule.path("rule").asText());
      }
    }
  }

  private void added(String path, JsonNode value, JsonNode known, String what) {
    for (JsonNode one : known) {
      if (one.equals(value)) {
        return;
      }
    }
    breaks.add(path + ": " + value.asText() + " " + what);
  }

  private void same(String what, JsonNode released, JsonNode now) {
    if (!released.equals(now)) {
      breaks.add(what + " was " + released + " and is " + now);
    }
  }
}
