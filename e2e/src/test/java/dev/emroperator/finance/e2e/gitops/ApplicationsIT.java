package dev.emroperator.finance.e2e.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Checkout;
import dev.emroperator.finance.localcloud.Kubectl;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The API server judges the example applications and their project by Argo CD's own CRDs, unknown
 * fields too, and Argo CD's own code says what a folder becomes.
 */
@Tag("delivery")
class ApplicationsIT {

  private static final Path ARGOCD = Checkout.find().root().resolve("argocd");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Cloud cloud;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
    print("apply", "--server-side", "-f", Tool.of("argocd-crds").program().toString());
    cloud.awaitKinds();
    cloud.run("create", "namespace", "argocd");
  }

  private static void print(String... arguments) {
    var answer = cloud.run(arguments);
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  private static Kubectl.Answer judged(Path file) {
    return cloud.run("create", "--dry-run=server", "--validate=strict", "-f", file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application.yaml", "applicationset.yaml", "appproject.yaml"})
  void argoCdWouldTakeIt(String file) {
    var answer = judged(ARGOCD.resolve(file));
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  /** Above all not Argo CD's own default, which allows everything. */
  @Test
  void noFolderGetsIntoAProjectThatWasNotMadeForIt() throws IOException {
    List<String> projects = new ArrayList<>();
    for (JsonNode made : made("teams/research", "teams/default", "teams/Data_Science")) {
      String name = made.at("/metadata/name").asText();
      assertEquals(name, made.at("/spec/project").asText());
      assertEquals(name, "analyses-" + made.at("/spec/destination/namespace").asText());
      projects.add(name);
    }
    assertEquals(
        List.of("analyses-research", "analyses-default", "analyses-data-science"), projects);
  }

  @Test
  void aFolderBecomesTheApplicationThatStandsBesideIt() throws IOException {
    JsonNode alone = Serialization.unmarshal(read("application.yaml"), JsonNode.class).path("spec");
    ObjectNode made = (ObjectNode) made("teams/research").get(0).path("spec");
    ((ObjectNode) made.path("source")).put("path", alone.at("/source/path").asText());
    assertEquals(alone, made);
    JsonNode project = Serialization.unmarshal(read("appproject.yaml"), JsonNode.class);
    assertEquals(project.at("/metadata/name"), made.path("project"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(ARGOCD.resolve(file));
  }

  private static List<JsonNode> made(String... folders) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("render", ARGOCD.resolve("applicationset.yaml").toString()));
    arguments.addAll(List.of(folders));
    Tool.Answer answer = Tool.of("argocd").run(arguments.toArray(String[]::new));
    assertEquals(0, answer.exitCode(), answer.printed());
    List<JsonNode> made = new ArrayList<>();
    for (String line : answer.printed().lines().toList()) {
      made.add(JSON.readTree(line));
    }
    return made;
  }

  @Test
  void aFieldThatArgoCdDoesNotKnowWouldBeSeen() throws IOException {
    String wrong = read("application.yaml").replace("syncOptions:", "syncOption:");
    var answer = judged(Files.writeString(folder.resolve("wrong.yaml"), wrong));
    assertTrue(answer.printed().contains("syncPolicy.syncOption"), answer.printed());
  }
}
