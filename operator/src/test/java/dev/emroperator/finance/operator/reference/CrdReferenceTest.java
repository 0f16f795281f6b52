package dev.emroperator.finance.operator.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrdReferenceTest {

  private static final String CRD =
      """
      spec:
        group: example.org
        names: {kind: Walk, shortNames: [w]}
        versions:
          - name: v1
            schema:
              openAPIV3Schema:
                description: A walk.
                x-kubernetes-validations: [{message: no way back}]
                properties:
                  spec:
                    description: What is asked for.
                    required: [to]
                    properties:
                      by:
                        type: string
                        enum: [foot, "rail|road"]
                        default: foot
                        description: "How. Default: foot."
                      legs:
                        type: array
                        minItems: 1
                        maxItems: 3
                        description: Its parts.
                        items:
                          type: object
                          x-kubernetes-validations: [{message: each has an end}]
                          properties:
                            miles: {type: number, minimum: 0.5, description: Length of a <leg>.}
                            speed: {type: number, minimum: 0, exclusiveMinimum: true, maximum: 9}
                      tags: {type: object, additionalProperties: {type: string}, maxProperties: 4}
                      to: {type: string, maxLength: 9, pattern: "^[a-z|]+$", description: Where.}
                  status:
                    properties:
                      at: {type: string, format: date-time}
      """;

  @Test
  void showsEachFieldWithWhatItIsHeldTo() throws IOException {
    String page = CrdReference.page(new YAMLMapper().readTree(CRD));
    assertEquals(
        """
        `apiVersion: example.org/v1`, `kind: Walk`; short name `w`.

        A walk.

        The API server holds it to these rules:

        - no way back

        ## `spec`

        What is asked for.

        | field | type | default | constraints | |
        | --- | --- | --- | --- | --- |
        | `to` | string |  | required; at most 9 characters; matches `^[a-z\\|]+$` | Where. |
        | `by` | string | `foot` | `foot` or `rail\\|road` | How. |
        | `legs` | list: [object](#speclegs) |  | 1 to 3 items | Its parts. |
        | `tags` | map: string |  | at most 4 entries |  |

        ### `spec.legs`

        Its parts.

        | field | type | default | constraints | |
        | --- | --- | --- | --- | --- |
        | `miles` | number |  | at least 0.5 | Length of a \\<leg>. |
        | `speed` | number |  | above 0; at most 9 |  |

        The API server holds it to these rules:

        - each has an end

        ## `status`

        | field | type | default | constraints | |
        | --- | --- | --- | --- | --- |
        | `at` | date-time |  |  |  |

        """,
        page.substring(page.indexOf("`apiVersion")));
  }

  @Test
  void leavesOutNoFieldOfOurs() throws IOException {
    JsonNode crd =
        new YAMLMapper()
            .readTree(
                Path.of("../crds/financialanalyses.finance.emr-operator.dev-v1.yml").toFile());
    String page = CrdReference.page(crd);
    List<String> missing = new ArrayList<>();
    walk(crd.at("/spec/versions/0/schema/openAPIV3Schema"), "", page, missing);
    assertEquals(List.of(), missing);
    assertTrue(page.contains("spec can't be changed while a run is under way"), page);
    assertTrue(page.contains("range.from must not be after range.to"), page);
  }

  /** Each field has a row in the section of its object. */
  private static void walk(JsonNode schema, String path, String page, List<String> missing) {
    JsonNode object = schema.path("items").isObject() ? schema.get("items") : schema;
    String section = path.isEmpty() ? page : page.split("# `" + path + "`\n", 2)[1];
    String own = section.split("\n##", 2)[0];
    object
        .path("properties")
        .properties()
        .forEach(
            field -> {
              String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
              if (!path.isEmpty() && !own.contains("\n| `" + field.getKey() + "` | ")) {
                missing.add(at);
              }
              if (field.getValue().has("properties")
                  || field.getValue().path("items").has("properties")) {
                walk(field.getValue(), at, page, missing);
              }
            });
  }
}
