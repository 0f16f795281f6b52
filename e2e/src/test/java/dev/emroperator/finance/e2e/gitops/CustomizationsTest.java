package dev.emroperator.finance.e2e.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.localcloud.Checkout;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ConfigMap for Argo CD holds the scripts beside it, and names only fields that exist. */
class CustomizationsTest {

  private static final Path ROOT = Checkout.find().root();
  private static final Path ARGOCD = ROOT.resolve("argocd");
  private static final String CRD = "crds/financialanalyses.finance.emr-operator.dev-v1.yml";
  private static final Pattern LINKED = Pattern.compile("resource\\.((?:spec|status)[\\w.?]*)");

  private static JsonNode yaml(Path file) throws IOException {
    return Serialization.unmarshal(Files.readString(file), JsonNode.class);
  }

  private static String value(String customization) throws IOException {
    return yaml(ARGOCD.resolve("argocd-cm.yaml"))
        .path("data")
        .path(
            "resource.customizations."
                + customization
                + ".finance.emr-operator.dev_FinancialAnalysis")
        .asText();
  }

  private static JsonNode parsed(String text) {
    return Serialization.unmarshal(text, JsonNode.class);
  }

  @Test
  void theHealthScriptIsTheOneBesideIt() throws IOException {
    assertEquals(Files.readString(ARGOCD.resolve("health.lua")), value("health"));
  }

  @Test
  void theActionsAreThoseBesideIt() throws IOException {
    JsonNode actions = parsed(value("actions"));
    assertEquals(script("discovery"), actions.path("discovery.lua").asText());
    Set<String> names = new TreeSet<>(Set.of("discovery"));
    for (JsonNode definition : actions.path("definitions")) {
      String name = definition.path("name").asText();
      assertEquals(script(name), definition.path("action.lua").asText(), name);
      assertTrue(script("discovery").contains("\n  " + name + " = when("), name);
      names.add(name);
    }
    try (Stream<Path> files = Files.list(ARGOCD.resolve("actions"))) {
      Set<String> beside = new TreeSet<>();
      files.forEach(file -> beside.add(file.toFile().getName().replace(".lua", "")));
      assertEquals(beside, names);
    }
  }

  private static String script(String name) throws IOException {
    return Files.readString(ARGOCD.resolve("actions").resolve(name + ".lua"));
  }

  @Test
  void whatIsIgnoredAndLinkedExists() throws IOException {
    List<String> fields = new ArrayList<>();
    for (String customization : List.of("ignoreResourceUpdates", "ignoreDifferences")) {
      parsed(value(customization))
          .path("jsonPointers")
          .forEach(pointer -> fields.add(pointer.asText().substring(1).replace('/', '.')));
    }
    String links = yaml(ARGOCD.resolve("argocd-cm.yaml")).at("/data/resource.links").asText();
    Matcher linked = LINKED.matcher(links);
    while (linked.find()) {
      fields.add(linked.group(1).replace("?", ""));
    }
    assertTrue(fields.containsAll(List.of("status.progress", "spec.suspend")), fields.toString());
    assertTrue(fields.contains("status.cluster.console"), fields.toString());
    JsonNode schema = yaml(ROOT.resolve(CRD)).at("/spec/versions/0/schema/openAPIV3Schema");
    for (String field : fields) {
      JsonNode at = schema;
      for (String name : field.split("\\.")) {
        at = at.path("properties").path(name);
      }
      assertFalse(at.isMissingNode(), field);
    }
  }

  @Test
  void aChangeOfPhaseIsNotIgnored() throws IOException {
    String ignored = value("ignoreResourceUpdates");
    assertFalse(ignored.contains("phase"), ignored);
    assertFalse(ignored.contains("- /status\n"), ignored);
  }

  @Test
  void theApplicationsKeepWhatTheActionsEdit() throws IOException {
    String path = "/spec/syncPolicy/syncOptions";
    JsonNode one = yaml(ARGOCD.resolve("application.yaml")).at(path);
    JsonNode many = yaml(ARGOCD.resolve("applicationset.yaml")).at("/spec/template" + path);
    assertEquals(one, many);
    assertTrue(one.toString().contains("\"RespectIgnoreDifferences=true\""), one.toString());
  }
}
