package dev.emroperator.finance.e2e.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The licences of what is shipped, as its SBOM (CycloneDX) tells them. */
final class Licences {

  /** Those that let a bank run and pass on what it got. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CDDL-1.0",
          "CDDL-1.1",
          "EPL-1.0",
          "EPL-2.0",
          "LGPL-2.1",
          "MIT",
          "MIT-0",
          "CC0-1.0",
          "Unlicense");

  private static final Map<String, String> SPDX =
      Map.of(
          "Apache 2 License", "Apache-2.0",
          "GNU Lesser General Public License", "LGPL-2.1");

  /** One jar, and the licences of which one may be chosen. */
  record Shipped(String group, String name, String version, List<String> licences) {

    boolean isAllowed() {
      return licences.stream().anyMatch(ALLOWED::contains);
    }

    String row() {
      return "| %s | %s | %s | %s |".formatted(group, name, version, String.join(" or ", licences));
    }
  }

  private Licences() {}

  static List<Shipped> of(Path sbom) throws IOException {
    JsonNode components = new ObjectMapper().readTree(sbom.toFile()).path("components");
    List<Shipped> shipped = new ArrayList<>();
    for (JsonNode component : components) {
      List<String> licences =
          StreamSupport.stream(component.path("licenses").spliterator(), false)
              .flatMap(Licences::names)
              .toList();
      shipped.add(
          new Shipped(
              component.path("group").asText(),
              component.path("name").asText(),
              component.path("version").asText(),
              licences));
    }
    shipped.sort(Comparator.comparing(Shipped::group).thenComparing(Shipped::name));
    return shipped;
  }

  /** As SPDX writes them; an expression in brackets gives a choice, too. */
  private static Stream<String> names(JsonNode licence) {
    JsonNode known = licence.path("license");
    String name =
        known.has("id")
            ? known.path("id").asText()
            : known.path("name").asText(licence.path("expression").asText());
    return Arrays.stream(name.replaceAll("[()]", "").split(" OR "))
        .map(one -> SPDX.getOrDefault(one, one));
  }
}
