package dev.emroperator.finance.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.localcloud.Kubectl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One verb on one resource that RBAC grants to a service account.
 *
 * @param names of the only objects that it is granted for; empty for all
 * @param namespace the only one; empty for all
 */
record Grant(String verb, String group, String resource, Set<String> names, String namespace) {

  /** All that the bindings of an account grant; release, namespace and account bear one name. */
  static List<Grant> of(Kubectl kubectl, String account) {
    List<Grant> grants = new ArrayList<>();
    for (JsonNode binding : bindings(kubectl)) {
      if (isFor(binding, account)) {
        JsonNode role = binding.path("roleRef");
        String namespace = binding.at("/metadata/namespace").asText();
        JsonNode rules =
            json(kubectl.print(
                    "get",
                    role.path("kind").asText(),
                    role.path("name").asText(),
                    "--namespace=" + (namespace.isEmpty() ? "default" : namespace),
                    "-o",
                    "json"))
                .path("rules");
        rules.forEach(rule -> addAll(grants, rule, namespace));
      }
    }
    return List.copyOf(grants);
  }

  private static JsonNode bindings(Kubectl kubectl) {
    String kinds = "rolebindings,clusterrolebindings";
    return json(kubectl.print("get", kinds, "--all-namespaces", "-o", "json")).path("items");
  }

  private static boolean isFor(JsonNode binding, String account) {
    for (JsonNode subject : binding.path("subjects")) {
      if (subject.path("kind").asText().equals("ServiceAccount")
          && subject.path("name").asText().equals(account)
          && subject.path("namespace").asText().equals(account)) {
        return true;
      }
    }
    return false;
  }

  private static void addAll(List<Grant> grants, JsonNode rule, String namespace) {
    Set<String> names = new TreeSet<>();
    rule.path("resourceNames").forEach(name -> names.add(name.asText()));
    for (JsonNode group : rule.path("apiGroups")) {
      for (JsonNode resource : rule.path("resources")) {
        for (JsonNode verb : rule.path("verbs")) {
          grants.add(new Grant(verb.asText(), group.asText(), resource.asText(), names, namespace));
        }
      }
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether what was asked for needed this. */
  boolean covers(Use use) {
    return verb.equals(use.verb())
        && group.equals(use.group())
        && resource.equals(use.resource())
        && (names.isEmpty() || names.contains(use.name()))
        && (namespace.isEmpty() || namespace.equals(use.namespace()));
  }
}
