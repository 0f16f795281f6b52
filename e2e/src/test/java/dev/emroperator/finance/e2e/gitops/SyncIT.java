package dev.emroperator.finance.e2e.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.e2e.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Argo CD's engine syncs analyses by the Application, the project and the settings in {@code
 * argocd}, beside an operator that runs them.
 */
@Tag("delivery")
class SyncIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path APPLICATION = Path.of("argocd", "application.yaml");

  @TempDir Path git;

  private static Desk desk;
  private static Cloud cloud;

  @BeforeAll
  static void start() {
    desk = Desk.start();
    cloud = desk.cloud();
    cloud.startOperatorWithQueue();
    // Whoever validates what it applies asks for it.
    cloud.await(
        () ->
            cloud
                    .applyTo(
                        Cloud.NAMESPACE,
                        Objects.analysis("any"),
                        "--server-side",
                        "--dry-run=server")
                    .exitCode()
                == 0,
        "the schema of the object",
        Desk.SHORT);
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  /** Syncs so that the application has these objects and no others. */
  private JsonNode sync(String... objects) throws IOException {
    return sync(APPLICATION, objects);
  }

  private JsonNode sync(Path application, String... objects) throws IOException {
    Path all = Files.writeString(git.resolve("all.yaml"), String.join("---\n", objects));
    Tool.Answer answer =
        Tool.of("argocd")
            .run(
                Path.of(""),
                Map.of("KUBECONFIG", cloud.cloud().kubernetes().kubeconfig().toString()),
                "sync",
                "argocd/argocd-cm.yaml",
                "argocd/appproject.yaml",
                application.toString(),
                all.toString());
    assertEquals(0, answer.exitCode(), answer.printed());
    return JSON.readTree(answer.printed());
  }

  private static void assertSynced(JsonNode outcome, List<String> outOfSync) {
    assertEquals("Succeeded", outcome.path("phase").asText(), outcome.toString());
    assertEquals(outOfSync, JSON.convertValue(outcome.path("outOfSync"), List.class));
  }

  private static String inWave(int wave, String name) {
    cloud.putStocks(name);
    return Objects.analysis(name)
        .replace(
            "{name: " + name + "}",
            "{name: %s, annotations: {argocd.argoproj.io/sync-wave: '%d'}}".formatted(name, wave));
  }

  private static void runForever(String name) {
    desk.behave(name, "[{\"hang\": \"trend\"}]");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    JsonNode outcome = sync();
    assertEquals("Succeeded", outcome.path("phase").asText(), outcome.toString());
    awaitGone("");
  }

  /** What was pruned may still be ending its cluster; without a name, all. */
  private static void awaitGone(String name) {
    cloud.await(
        () -> !cloud.kubectl("get", "fa", "-o", "name").contains("/" + name),
        "the end of " + name,
        Desk.SHORT);
  }

  @Test
  void aWaveWaitsForTheResultsOfTheOneBeforeAndPruningEndsWhatRuns() throws IOException {
    cloud.cloud().emr().misbehave("{\"operation\": \"RunJobFlow\", \"effect\": \"endCluster\"}");
    runForever("late");
    String early = inWave(0, "early") + "  retry: {backoff: 4s}\n";
    String late = inWave(1, "late");
    assertSynced(sync(early, late), List.of("early", "late"));

    long lateApplied = desk.versions().of("late").get(0).resourceVersion();
    List<Dump> before =
        desk.versions().of("early").stream()
            .filter(dump -> dump.resourceVersion() < lateApplied)
            .toList();
    assertTrue(before.stream().anyMatch(d -> d.moment().equals("Pending-RetryScheduled")));
    assertTrue(before.get(before.size() - 1).is("Ready"));

    desk.awaitPhase("late", "Running");
    String generation = cloud.field("early", ".metadata.generation");
    assertSynced(sync(early, late), List.of());
    assertEquals(generation, cloud.field("early", ".metadata.generation"));

    assertSynced(sync(early), List.of("late"));
    awaitGone("late");
    cloud.awaitNoCluster("late", Desk.SHORT);
    assertEquals("Succeeded", cloud.field("early", ".status.phase"));
  }

  @Test
  void nothingComesAfterAFailure() throws IOException {
    JsonNode outcome = sync(inWave(0, "unlike") + "  environment: elsewhere\n", inWave(1, "never"));
    assertEquals("Failed", outcome.path("phase").asText(), outcome.toString());
    assertEquals("Failed", cloud.field("unlike", ".status.phase"));
    assertEquals(List.of(), desk.versions().of("never"));
  }

  @Test
  void whatAnActionHasSuspendedNoSyncResumes() throws IOException {
    runForever("rested");
    String rested = inWave(0, "rested") + "  suspend: false\n";
    assertSynced(sync(rested), List.of("rested"));
    desk.awaitPhase("rested", "Running");
    desk.suspend("rested", true);
    desk.awaitPhase("rested", "Suspended");

    assertSynced(sync(rested), List.of());
    assertSynced(sync(rested + "  ttlAfterFinished: 7d\n"), List.of("rested"));
    assertEquals("7d", cloud.field("rested", ".spec.ttlAfterFinished"));
    assertEquals("true", cloud.field("rested", ".spec.suspend"));
  }

  @Test
  void theProjectLetsNothingElseIn() throws IOException {
    String other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n";
    assertRefused(sync(other), "ConfigMap research/other");
    String ofTheCluster = "apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n";
    assertRefused(sync(ofTheCluster), "Namespace other");
    String elsewhere =
        Objects.analysis("astray").replace("{name: astray}", "{name: astray, namespace: default}");
    assertRefused(sync(elsewhere), "FinancialAnalysis default/astray");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          git.example.com/research | git.example.com/others | others/analyses.git
          kubernetes.default.svc   | other.example.com      | other.example.com
          namespace: research      | namespace: default     | namespace default
          """)
  void theProjectLetsNoOtherApplicationBe(String ours, String others, String refused)
      throws IOException {
    String application = Files.readString(APPLICATION).replace(ours, others);
    Path changed = Files.writeString(git.resolve("application.yaml"), application);
    JsonNode outcome = sync(changed, inWave(0, "unwelcome"));
    assertEquals("Error", outcome.path("phase").asText(), outcome.toString());
    assertForbidden(outcome, refused);
    assertEquals(List.of(), desk.versions().of("unwelcome"));
  }

  private static void assertRefused(JsonNode outcome, String object) {
    assertEquals("Failed", outcome.path("phase").asText(), outcome.toString());
    assertForbidden(outcome, object + " is not permitted");
  }

  private static void assertForbidden(JsonNode outcome, String what) {
    String message = outcome.path("message").asText();
    assertTrue(message.contains(what), message);
    assertTrue(message.contains(" is not permitted in project analyses-research"), message);
  }
}
