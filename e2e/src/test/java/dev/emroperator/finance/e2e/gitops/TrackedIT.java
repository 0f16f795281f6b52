package dev.emroperator.finance.e2e.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Objects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An object that a GitOps tool applies, compares, prunes and makes again. */
class TrackedIT {

  private static final String MANAGER = "argocd-controller";

  private static Desk desk;
  private static Cloud cloud;

  @BeforeAll
  static void start() {
    desk = Desk.start();
    cloud = desk.cloud();
    cloud.startOperatorWithQueue();
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  private static String tracked(String name) {
    return Objects.analysis(name)
            .replace(
                "metadata: {name: " + name + "}",
                "metadata: {name: %s, annotations: {argocd.argoproj.io/tracking-id: '%s'}}"
                    .formatted(
                        name, "t:finance.emr-operator.dev/FinancialAnalysis:research/" + name))
        + "  ttlAfterFinished: 1s\n";
  }

  /** As Argo CD does with ServerSideApply=true. */
  private static void sync(String name) {
    cloud.putStocks(name);
    var answer =
        cloud.applyTo(
            Cloud.NAMESPACE, tracked(name), "--server-side", "--field-manager=" + MANAGER);
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  /** Waits for the object to be gone, as Argo CD does. */
  private static void prune(String name) {
    cloud.kubectl("delete", "fa", name, "--timeout=60s");
  }

  @Test
  void whatTheOperatorWritesIsNoDrift() throws IOException {
    sync("steady");
    desk.awaitPhase("steady", "Succeeded");
    cloud.await(
        () -> !cloud.field("steady", ".status.cluster.endedAt").isEmpty(),
        "the last word of the status",
        Desk.SHORT);
    Path file = Files.writeString(cloud.cloud().folder().resolve("steady.yaml"), tracked("steady"));
    String manager = "--field-manager=" + MANAGER;
    var answer =
        cloud.run("diff", "-n", Cloud.NAMESPACE, "--server-side", manager, "-f", file.toString());
    assertEquals(0, answer.exitCode(), answer.printed());
    assertEquals("", answer.printed());

    String version = cloud.field("steady", ".metadata.resourceVersion");
    sync("steady");
    assertEquals(version, cloud.field("steady", ".metadata.resourceVersion"));
  }

  @Test
  void theOperatorOwnsNothingOfTheSpec() throws IOException {
    sync("owned");
    desk.awaitPhase("owned", "Succeeded");
    JsonNode entries =
        new ObjectMapper()
            .readTree(cloud.kubectl("get", "fa", "owned", "-o", "json", "--show-managed-fields"))
            .at("/metadata/managedFields");
    assertTrue(entries.size() > 1, entries.toString());
    for (JsonNode entry : entries) {
      boolean user = entry.path("manager").asText().equals(MANAGER);
      JsonNode fields = entry.path("fieldsV1");
      assertEquals(user, fields.has("f:spec"), entry.toString());
      assertEquals(user, fields.at("/f:metadata/f:annotations").isObject(), entry.toString());
      assertFalse(user && fields.has("f:status"), entry.toString());
    }
  }

  @Test
  void aTrackedObjectOutlivesItsTimeAndAnotherDoesNot() {
    sync("kept");
    desk.awaitPhase("kept", "Succeeded");
    desk.apply("swept", "  ttlAfterFinished: 1s\n");
    cloud.kubectl("wait", "--for=delete", "fa/swept", "--timeout=60s");
    assertEquals("Succeeded", cloud.field("kept", ".status.phase"));
    assertEquals("", cloud.field("kept", ".metadata.deletionTimestamp"));
  }

  @Test
  void whatWasPrunedAndComesBackIsNotPaidAgain() {
    sync("back");
    desk.awaitPhase("back", "Succeeded");
    String results = cloud.field("back", ".status.outputs[*].path");
    prune("back");
    sync("back");
    desk.awaitReason("back", "ResultReused");
    assertEquals(results, cloud.field("back", ".status.outputs[*].path"));
    assertEquals(1, cloud.clustersOf("back").size());
  }

  @Test
  void pruningARunEndsItsCluster() {
    desk.behave("pruned", "[{\"hang\": \"trend\"}]");
    sync("pruned");
    desk.awaitPhase("pruned", "Running");
    prune("pruned");
    cloud.awaitNoCluster("pruned", Desk.SHORT);
    assertEquals(1, cloud.clustersOf("pruned").size());
  }
}
