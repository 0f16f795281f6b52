package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.docs.YamlBlocks.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show in YAML is what a real API server takes. */
class RecipesIT {

  /** Of kinds that only others install; what is checked of them is their shape. */
  private static final List<String> OF_OTHERS =
      List.of("argoproj.io", "toolkit.fluxcd.io", "monitoring.coreos.com");

  private static Cloud cloud;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
  }

  static List<Document> objects() {
    return YamlBlocks.all().stream().filter(Document::isObject).toList();
  }

  @ParameterizedTest
  @MethodSource("objects")
  void everyObjectCanBePasted(Document document) throws Exception {
    JsonNode object = document.tree();
    String group = object.get("apiVersion").asText().split("/")[0];
    if (OF_OTHERS.stream().anyMatch(group::endsWith)) {
      JsonNode metadata = object.path("metadata");
      assertTrue(metadata.has("name") || metadata.has("generateName"), document.text());
      assertTrue(object.path("spec").isObject(), document.text());
      return;
    }
    String namespace = object.at("/metadata/namespace").asText();
    if (!namespace.isEmpty()) {
      cloud.run("create", "namespace", namespace);
    }
    Path file = Files.writeString(folder.resolve("object.yaml"), document.text());
    var answer = cloud.run("apply", "--dry-run=server", "-f", file.toString());
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  @Test
  void thePagesHoldObjectsOfSeveralKinds() {
    List<String> kinds = objects().stream().map(o -> o.tree().get("kind").asText()).toList();
    assertTrue(
        kinds.containsAll(
            List.of("FinancialAnalysis", "CronJob", "Role", "Workflow", "Kustomization")),
        kinds.toString());
    assertTrue(objects().stream().anyMatch(o -> o.place().contains("carried")));
  }

  private static JsonNode recipe(String heading, String kind) {
    return Markdown.page("docs/recipes.md").section(heading).blocks("yaml").stream()
        .flatMap(block -> YamlBlocks.documents(heading, block).stream())
        .map(Document::tree)
        .filter(object -> object.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theCronJobMakesOneDatedAnalysisANightWithTheRightsOfItsAccount() throws Exception {
    String account = Markdown.page("docs/recipes.md").section("What a robot may do").text();
    assertEquals(
        0,
        cloud
            .applyTo(Cloud.NAMESPACE, new Markdown(null, account).blocks("yaml").get(0))
            .exitCode());
    String night = "Every night: CronJob";
    String analysis = recipe(night, "ConfigMap").at("/data/analysis.yaml").asText();
    // It is only made here, not run.
    Files.writeString(
        folder.resolve("analysis.yaml"),
        analysis.replace("  ttlAfterFinished:", "  suspend: true\n  ttlAfterFinished:"));
    String name = "nightly-trend-" + LocalDate.now(ZoneOffset.UTC);
    try {
      apply(night, name);
      String uid = cloud.field(name, ".metadata.uid");
      apply(night, name);
      assertEquals(uid, cloud.field(name, ".metadata.uid"));
      assertEquals("1", cloud.field(name, ".metadata.generation"), "one object, applied twice");
    } finally {
      cloud.kubectl("delete", "fa", "--ignore-not-found", name);
    }
    String robot = "--as=system:serviceaccount:" + Cloud.NAMESPACE + ":analyst";
    for (String verb : List.of("delete", "update", "deletecollection")) {
      assertEquals(
          1, cloud.run("auth", "can-i", verb, "fa", "-n", Cloud.NAMESPACE, robot).exitCode());
    }
  }

  /** Runs the container's command, as its account. */
  private void apply(String recipe, String name) {
    String token = cloud.kubectl("create", "token", "analyst");
    Path kubeconfig = cloud.cloud().kubernetes().kubeconfigOf("analyst", token);
    JsonNode container =
        recipe(recipe, "CronJob").at("/spec/jobTemplate/spec/template/spec/containers/0");
    assertEquals("[\"sh\",\"-ec\"]", container.get("command").toString());
    String script = container.at("/args/0").asText().replace("/analysis/", folder + "/");
    Tool.Answer answer =
        new Tool(Path.of("sh")).run(folder, Scripts.variables(cloud, kubeconfig), "-ec", script);
    assertEquals(0, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains("/" + name + " "), answer.printed());
  }

  @Test
  void theWorkflowEndsWithPhasesThatThereAre() {
    String phases =
        cloud
            .run(
                "get",
                "crd",
                "financialanalyses.finance.emr-operator.dev",
                "-o",
                "jsonpath={.spec.versions[0].schema.openAPIV3Schema.properties.status.properties.phase.enum}")
            .printed();
    JsonNode resource =
        recipe("In a workflow: Argo Workflows", "Workflow").at("/spec/templates/0/resource");
    for (String condition : List.of("successCondition", "failureCondition")) {
      String[] sides = resource.get(condition).asText().split(" == ");
      assertEquals("status.phase", sides[0]);
      assertTrue(phases.contains('"' + sides[1] + '"'), phases);
    }
  }
}
