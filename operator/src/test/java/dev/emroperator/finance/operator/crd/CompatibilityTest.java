package dev.emroperator.finance.operator.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

/** What may change between two releases of the object, and what may not. */
class CompatibilityTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path CRDS = Path.of("../crds");
  private static final String FILE = CrdGenerator.FILE;

  private static final String RELEASED =
      "{type: object, required: [a], properties: {"
          + "a: {type: string, maxLength: 9}, "
          + "b: {type: integer, minimum: 1}, "
          + "c: {type: string, enum: [X, Y]}, "
          + "d: {type: array, maxItems: 4, items: {type: string}}, "
          + "e: {type: object, additionalProperties: {type: string}}, "
          + "f: {type: boolean, nullable: true, default: true}}}";

  private static JsonNode crd(String schema) {
    return yaml(
        "{spec: {group: g, scope: Namespaced, "
            + "names: {kind: K, plural: ks, singular: k, shortNames: [a, b]}, "
            + "versions: [{name: v1, served: true, subresources: {status: {}}, schema: {openAPIV3Schema: "
            + schema
            + "}}]}}");
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "required: [a]                        | required: [a, b]                  | v1: b is now required",
        "b: {type: integer, minimum: 1},      | ''                                | v1.b: is gone",
        "b: {type: integer                    | b: {type: string                  | v1.b: type was \"integer\" and is \"string\"",
        "minimum: 1                           | minimum: 2                        | v1.b: minimum is now 2",
        "type: integer, minimum: 1            | type: integer, minimum: 1, maximum: 9 | v1.b: maximum is now 9",
        "maxLength: 9                         | maxLength: 8                      | v1.a: maxLength is now 8",
        "maxLength: 9                         | maxLength: 9, pattern: x          | v1.a: pattern is now \"x\"",
        "maxLength: 9                         | maxLength: 9, enum: [Q]           | v1.a: has now only the values [\"Q\"]",
        "enum: [X, Y]                         | enum: [X]                         | v1.c: Y is no value any more",
        "items: {type: string}                | items: {type: integer}            | v1.d[]: type was \"string\" and is \"integer\"",
        "additionalProperties: {type: string} | additionalProperties: {type: string, maxLength: 1} | v1.e.*: maxLength is now 1",
        "maxItems: 4                          | maxItems: 4, x-kubernetes-validations: [{rule: r}] | v1.d: has a new rule, r",
        "nullable: true                       | nullable: false                   | v1.f: may no longer be null",
        "default: true                        | default: false                    | v1.f: default was true and is false",
        "minimum: 1                           | minimum: 1, exclusiveMinimum: true | v1.b: exclusiveMinimum is now true",
        "maxLength: 9                         | maxLength: 9, anyOf: [{pattern: x}] | v1.a: anyOf is now [{\"pattern\":\"x\"}]"
      })
  void whatWasValidMustStaySo(String before, String after, String breaks) {
    String now = RELEASED.replace(before, after);
    assertEquals(List.of(breaks), Compatibility.breaks(crd(RELEASED), crd(now)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "required: [a]                   | required: []",
        "b: {type: integer, minimum: 1}, | b: {type: integer}, g: {type: string, maxLength: 1},",
        "b: {type: integer, minimum: 1}, | b: {type: integer, minimum: 1, nullable: true},",
        "maxItems: 4                     | maxItems: 4, x-kubernetes-validations: [{rule: r, optionalOldSelf: true}]",
        "maxLength: 9                    | maxLength: 10",
        "enum: [X, Y]                    | enum: [X, Y, Z]",
        "maxItems: 4                     | maxItems: 4, description: another"
      })
  void moreIsNoBreak(String before, String after) {
    String now = RELEASED.replace(before, after);
    assertEquals(List.of(), Compatibility.breaks(crd(RELEASED), crd(now)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'served\":true'        | 'served\":false'      | v1: is no longer served",
        "'\"status\":{}'        | ''                    | v1: subresource status is gone",
        "'plural\":\"ks'        | 'plural\":\"kays'     | /spec/names/plural was \"ks\" and is \"kays\"",
        "'singular\":\"k'       | 'singular\":\"kay'    | /spec/names/singular was \"k\" and is \"kay\"",
        "'[\"a\",\"b\"]'        | '[\"b\",\"c\"]'       | /spec/names/shortNames: a is gone"
      })
  void anObjectIsFoundAsBefore(String before, String after, String breaks) {
    JsonNode released = crd(RELEASED);
    JsonNode now = yaml(released.toString().replace(before, after));
    assertEquals(List.of(breaks), Compatibility.breaks(released, now));
  }

  /** What users have applied stays valid: docs/releasing.md. */
  @TestFactory
  Stream<DynamicTest> theObjectOfEachReleaseIsStillUnderstood() throws IOException {
    JsonNode now = YAML.readTree(CRDS.resolve(FILE).toFile());
    List<Path> releases;
    try (Stream<Path> folders = Files.list(CRDS.resolve("released"))) {
      releases = folders.filter(Files::isDirectory).sorted().toList();
    }
    return Stream.concat(Stream.of(CRDS), releases.stream())
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(),
                    () ->
                        assertEquals(
                            List.of(),
                            Compatibility.breaks(
                                YAML.readTree(folder.resolve(FILE).toFile()), now))));
  }

  /** A release whose object is not kept could be broken by the next without a word. */
  @Test
  void aReleaseKeepsItsObject() throws Exception {
    String version =
        XPathFactory.newInstance()
            .newXPath()
            .evaluate("/*/*[local-name()='version']", new InputSource("../pom.xml"));
    Path kept = CRDS.resolve("released").resolve(version).resolve(FILE);
    if (version.endsWith("-SNAPSHOT")) {
      assertFalse(Files.exists(kept), kept + " is no release");
    } else {
      assertEquals(Files.readString(CRDS.resolve(FILE)), Files.readString(kept));
    }
  }
}
