package dev.emroperator.finance.e2e.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects are driven through all that can become of them, and what the API server showed is written
 * to {@code e2e/target/objects}. What stands in {@code e2e/src/test/resources/objects}, for the
 * tools of others to judge, is what it shows today; {@code -Dobjects.rewrite} writes it anew.
 */
class PhasesIT {

  /** Moments that the operator passes over when EMR is fast. */
  private static final Set<String> PASSED_OVER = Set.of("Deleting-Deleting", "Resumed-Suspended");

  @TempDir Path folder;

  private static Desk desk;
  private static Map<String, Dump> dumps;

  @BeforeAll
  static void live() {
    desk = Desk.start();
    desk.apply("first", "");
    desk.cloud().startOperatorWithQueue();
    desk.awaitPhase("first", "Succeeded");
    restAndQueue();
    failures();
    requests();
    blockedDeletion();
    dumps = desk.versions().byMoment();
    dumps.values().forEach(dump -> dump.write(Path.of("e2e", "target", "objects")));
    if (System.getProperty("objects.rewrite") != null) {
      dumps.values().stream()
          .filter(dump -> !PASSED_OVER.contains(dump.moment()))
          .forEach(dump -> dump.write(Dumps.FOLDER));
    }
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  private static void restAndQueue() {
    desk.apply("asleep", "  suspend: true\n");
    desk.awaitPhase("asleep", "Suspended");
    desk.behave("held", "[{\"hang\": \"trend\"}, {}]");
    desk.apply("held", "");
    desk.awaitPhase("held", "Running");
    desk.apply("queued", "");
    desk.awaitReason("queued", "Queued");
    desk.suspend("held", true);
    desk.awaitPhase("held", "Suspended");
    desk.awaitPhase("queued", "Succeeded");
    desk.suspend("held", false);
    desk.awaitPhase("held", "Succeeded");
  }

  private static void failures() {
    desk.apply("unlike", "  environment: elsewhere\n");
    desk.awaitPhase("unlike", "Failed");
    desk.cloud()
        .cloud()
        .emr()
        .misbehave("{\"operation\": \"RunJobFlow\", \"effect\": \"endCluster\"}");
    desk.apply("unlucky", "  retry: {backoff: 4s}\n");
    desk.awaitPhase("unlucky", "Succeeded");
    desk.behave("broken", "[{\"fail\": \"trend\"}, {}]");
    desk.apply("broken", "");
    desk.awaitPhase("broken", "Failed");
  }

  private static void requests() {
    desk.ask("broken", "retry");
    desk.awaitHeard("broken", "retry", "Succeeded");
    desk.behave("unwanted", "[{\"hang\": \"trend\"}]");
    desk.apply("unwanted", "");
    desk.awaitPhase("unwanted", "Running");
    desk.ask("unwanted", "cancel");
    desk.awaitHeard("unwanted", "cancel", "Failed");
    desk.ask("first", "rerun");
    desk.awaitHeard("first", "rerun", "Succeeded");
    desk.patch("first", "{\"spec\":{\"ttlAfterFinished\":\"7d\"}}");
  }

  private static void blockedDeletion() {
    desk.behave("blocked", "[{\"hang\": \"trend\"}]");
    desk.apply("blocked", "");
    desk.awaitPhase("blocked", "Running");
    desk.cloud()
        .cloud()
        .emr()
        .misbehave("{\"operation\": \"*\", \"effect\": \"accessDenied\", \"times\": 100000}");
    desk.cloud().kubectl("delete", "fa", "blocked", "--wait=false");
    desk.awaitReason("blocked", "DeletionBlocked");
    desk.cloud().cloud().emr().misbehave();
    desk.cloud().kubectl("wait", "--for=delete", "fa/blocked", "--timeout=60s");
  }

  @Test
  void theObjectsThatToolsOfOthersJudgeAreThoseOfToday() throws IOException {
    Map<String, List<String>> judged = new TreeMap<>();
    Dumps.all().forEach((moment, file) -> judged.put(moment, Dump.read(file).conditions()));
    Map<String, List<String>> today = new TreeMap<>();
    dumps.forEach((moment, dump) -> today.put(moment, dump.conditions()));
    today.keySet().removeAll(PASSED_OVER);
    assertEquals(judged, today);
  }

  @Test
  void nothingIsSaidToHaveFailedWhileItIsTriedAgain() {
    List<Dump> life = desk.versions().of("unlucky");
    assertTrue(life.stream().anyMatch(dump -> dump.moment().equals("Pending-RetryScheduled")));
    assertFalse(life.stream().anyMatch(dump -> dump.is("Stalled")));
    assertTrue(life.get(life.size() - 1).is("Ready"));
  }

  /** What Argo CD would have said of an object at each of its versions, repetitions left out. */
  private List<String> healthOf(String name) throws IOException {
    List<String> health = new ArrayList<>();
    for (JsonNode judgement : judged(Judge.ARGO_CD, name)) {
      String next = judgement.path("status").asText();
      if (health.isEmpty() || !health.get(health.size() - 1).equals(next)) {
        health.add(next);
      }
    }
    return health;
  }

  private List<JsonNode> judged(Judge judge, String name) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Dump dump : desk.versions().of(name)) {
      files.add(dump.write(folder.resolve(name + files.size())));
    }
    return judge.of(files);
  }

  /** Where Argo CD compares status, what differs makes it look at the application again. */
  @Tag("delivery")
  @Test
  void aNewMomentIsNews() throws IOException {
    Judge judge = Judge.comparingStatus(folder);
    for (String name : List.of("first", "held", "queued", "broken", "unwanted", "blocked")) {
      List<Dump> life = desk.versions().of(name);
      List<JsonNode> judged = judged(judge, name);
      for (int i = 1; i < life.size(); i++) {
        String before = life.get(i - 1).moment();
        String after = life.get(i).moment();
        if (!before.equals(after)) {
          assertNotEquals(
              judged.get(i - 1).path("compared"),
              judged.get(i).path("compared"),
              name + ": " + before + ", " + after);
        }
      }
    }
  }

  /** It ends with the first Healthy, and fails with the first Degraded. */
  @Tag("delivery")
  @Test
  void aSyncWaveWaitsForARetryAndForWhatRests() throws IOException {
    assertEquals(List.of("Progressing", "Healthy"), healthOf("unlucky"));
    assertEquals(List.of("Progressing", "Suspended", "Progressing", "Healthy"), healthOf("held"));
    assertEquals(List.of("Progressing", "Degraded"), healthOf("unlike"));
  }

  @Test
  void whatIsDoneStaysDoneUntilSomebodyAsks() {
    List<Dump> life = desk.versions().of("queued");
    int ready = (int) life.stream().takeWhile(dump -> !dump.is("Ready")).count();
    assertTrue(ready < life.size());
    assertTrue(life.subList(ready, life.size()).stream().allMatch(dump -> dump.is("Ready")));
  }

  @Test
  void exactlyOneOfReadyReconcilingAndStalledHoldsUnlessItRests() {
    for (Map.Entry<String, Dump> dump : dumps.entrySet()) {
      long holding =
          List.of("Ready", "Reconciling", "Stalled").stream().filter(dump.getValue()::is).count();
      boolean rests = List.of("Suspended", "None").contains(dump.getValue().phase());
      assertEquals(rests ? 0 : 1, holding, dump.getKey());
    }
  }
}
