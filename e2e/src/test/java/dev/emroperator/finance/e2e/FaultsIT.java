package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.localcloud.EmrProcess.Cluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Exactly one cluster for each attempt, whatever happens to the request for it. */
class FaultsIT {

  private static final Duration SHORT = Duration.ofSeconds(60);

  private static Cloud cloud;

  @BeforeAll
  static void start() {
    cloud = Cloud.withOperator();
  }

  @AfterEach
  void behave() {
    cloud.cloud().emr().misbehave();
  }

  private static void apply(String name, String... faults) {
    cloud.putStocks(name);
    cloud.cloud().emr().misbehave(faults);
    String yaml = Objects.analysis(name) + "  retry: {backoff: 1s}\n";
    assertEquals(0, cloud.apply(yaml).exitCode());
  }

  private static String awaitCluster(String name) {
    cloud.await(
        () -> !cloud.field(name, ".status.cluster.id").isEmpty(), "the cluster's id", SHORT);
    return cloud.field(name, ".status.cluster.id");
  }

  /** Deletes the object, and looks that nothing of it is left to be paid. */
  private static void deleteAndSeeAllEnd(String name) {
    cloud.kubectl("delete", "fa", name, "--timeout=60s");
    cloud.awaitNoCluster(name, SHORT);
  }

  private static void assertOneClusterAfter(String name, String fault) {
    apply(name, "{\"operation\": \"RunJobFlow\", \"effect\": \"" + fault + "\"}");
    String id = awaitCluster(name);
    assertEquals(List.of(id), cloud.clustersOf(name).stream().map(Cluster::id).toList());
    assertEquals("1", cloud.field(name, ".status.attempt.number"));
    deleteAndSeeAllEnd(name);
    assertEquals(1, cloud.clustersOf(name).size());
  }

  @Test
  void aLostAnswer() {
    assertOneClusterAfter("lost-answer", "dropAfter");
  }

  @Test
  void aLostRequest() {
    assertOneClusterAfter("lost-request", "dropBefore");
  }

  @Test
  void aThrottledRequest() {
    assertOneClusterAfter("throttled", "throttle");
  }

  @Test
  void anErrorOfTheService() {
    assertOneClusterAfter("error", "error500");
  }

  @Test
  void theDeathOfTheOperatorBeforeItHearsTheAnswer() {
    apply("deaf", "{\"operation\": \"RunJobFlow\", \"effect\": \"delayAfter\", \"millis\": 60000}");
    cloud.await(() -> cloud.clustersOf("deaf").size() == 1, "the cluster in EMR", SHORT);
    assertEquals("", cloud.field("deaf", ".status.cluster.id"), "no answer has come");
    cloud.killOperator();
    cloud.startOperator();
    String id = awaitCluster("deaf");
    assertEquals(List.of(id), cloud.clustersOf("deaf").stream().map(Cluster::id).toList());
    deleteAndSeeAllEnd("deaf");
    assertEquals(1, cloud.clustersOf("deaf").size());
  }

  @Test
  void deletionBeforeTheAnswerIsHeardEndsTheCluster() {
    apply(
        "unheard",
        "{\"operation\": \"RunJobFlow\", \"effect\": \"delayAfter\", \"millis\": 60000}");
    cloud.await(() -> cloud.clustersOf("unheard").size() == 1, "the cluster in EMR", SHORT);
    cloud.killOperator();
    cloud.kubectl("delete", "fa", "unheard", "--wait=false");
    cloud.startOperator();
    cloud.awaitNoCluster("unheard", SHORT);
    cloud.kubectl("wait", "--for=delete", "fa/unheard", "--timeout=60s");
    assertEquals(1, cloud.clustersOf("unheard").size());
  }

  @Test
  void aClusterThatFindsNoMachinesIsFollowedByAnother() {
    apply("capacity", "{\"operation\": \"RunJobFlow\", \"effect\": \"endCluster\"}");
    cloud.await(
        () ->
            "2".equals(cloud.field("capacity", ".status.attempt.number"))
                && !cloud.field("capacity", ".status.cluster.id").isEmpty(),
        "the second attempt",
        SHORT);
    assertEquals("InternalError", cloud.field("capacity", ".status.attempts[0].reason"));
    String message = cloud.field("capacity", ".status.attempts[0].message");
    assertTrue(message.contains("out of capacity"), message);
    assertEquals(2, cloud.clustersOf("capacity").size());
    deleteAndSeeAllEnd("capacity");
  }
}
