package dev.emroperator.finance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterStatus;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;

/** What the AWS SDK sees of each fault. */
class FaultScriptTest {

  private EmrEmulator emulator;
  private EmrClient emr;

  @BeforeEach
  void start() throws IOException {
    emulator = EmrEmulator.start(Settings.IMMEDIATE);
    emr = WireTest.client(emulator);
  }

  @AfterEach
  void stop() {
    emr.close();
    emulator.close();
  }

  private int faults(String method, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(emulator.endpoint().resolve("/_emulator/faults"))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private void set(String fault) throws Exception {
    assertEquals(200, faults("POST", "[" + fault + "]"));
  }

  private String create() {
    return emr.runJobFlow(WireTest.request("faulty").build()).jobFlowId();
  }

  private int clusters() {
    return emr.listClusters(r -> {}).clusters().size();
  }

  @Test
  void aDroppedAnswerLeavesTheClusterBehind() throws Exception {
    set("{\"operation\": \"RunJobFlow\", \"effect\": \"dropAfter\"}");
    assertThrows(SdkClientException.class, this::create);
    assertEquals(1, clusters());
    assertEquals("dropped after", emulator.journal().calls().get(0).outcome());
    create();
    assertEquals(2, clusters());
  }

  @Test
  void aDroppedRequestLeavesNothing() throws Exception {
    set("{\"operation\": \"RunJobFlow\", \"effect\": \"dropBefore\"}");
    assertThrows(SdkClientException.class, this::create);
    assertEquals(0, clusters());
  }

  @Test
  void anAnswerThatBreaksOffLeavesTheClusterBehind() throws Exception {
    set("{\"operation\": \"RunJobFlow\", \"effect\": \"reset\"}");
    assertThrows(SdkClientException.class, this::create);
    assertEquals(1, clusters());
    assertEquals("reset", emulator.journal().calls().get(0).outcome());
  }

  @Test
  void faultsHitTheCallsThatTheyName() throws Exception {
    set("{\"operation\": \"ListClusters\", \"effect\": \"throttle\", \"call\": 2, \"times\": 2}");
    clusters();
    for (int i = 0; i < 2; i++) {
      EmrException thrown = assertThrows(EmrException.class, this::clusters);
      assertEquals("ThrottlingException", thrown.awsErrorDetails().errorCode());
    }
    clusters();
    assertEquals(List.of(), emulator.faults().pending());
  }

  @Test
  void errorsOfTheServiceAndOfIam() throws Exception {
    set("{\"operation\": \"*\", \"effect\": \"error503\"}");
    assertEquals(503, assertThrows(EmrException.class, this::clusters).statusCode());
    set("{\"operation\": \"*\", \"effect\": \"error500\"}");
    assertEquals(500, assertThrows(EmrException.class, this::clusters).statusCode());
    set("{\"operation\": \"*\", \"effect\": \"accessDenied\"}");
    EmrException denied = assertThrows(EmrException.class, this::clusters);
    assertTrue(denied.getMessage().contains("elasticmapreduce:ListClusters"), denied.getMessage());
  }

  @Test
  void youngClustersAreHidden() throws Exception {
    set(
        "{\"operation\": \"*\", \"effect\": \"hideYoung\", \"millis\": 60000, \"times\": 3, \"call\": 2}");
    String id = create();
    assertEquals(0, clusters());
    InvalidRequestException unknown =
        assertThrows(
            InvalidRequestException.class, () -> emr.describeCluster(r -> r.clusterId(id)));
    assertEquals("NoSuchCluster", unknown.emrErrorCode());
    faults("DELETE", "");
    assertEquals(1, clusters());
  }

  @Test
  void hidingYoungClustersHarmsNoOtherOperation() throws Exception {
    set("{\"operation\": \"*\", \"effect\": \"hideYoung\", \"millis\": 60000, \"times\": 2}");
    create();
    assertEquals(0, clusters());
  }

  @Test
  void aClusterEndsWhileItStarts() throws Exception {
    set(
        "{\"operation\": \"RunJobFlow\", \"effect\": \"endCluster\", \"code\": \"BOOTSTRAP_FAILURE\"}");
    String id = create();
    Eventually.isTrue(
        () -> status(id).stateAsString().equals("TERMINATED_WITH_ERRORS"),
        () -> "alive: " + status(id));
    assertEquals("BOOTSTRAP_FAILURE", status(id).stateChangeReason().codeAsString());
  }

  @Test
  void theSdkReadsTheDetailsOfAnError() throws Exception {
    set("{\"operation\": \"RunJobFlow\", \"effect\": \"noCapacity\"}");
    var detail = status(create()).errorDetails().get(0);
    assertEquals("INTERNAL_ERROR_EC2_INSUFFICIENT_CAPACITY_AZ", detail.errorCode());
    assertEquals("m6i.2xlarge", detail.errorData().get(0).get("instance-type"));
    assertEquals("EC2 is out of capacity for m6i.2xlarge", detail.errorMessage());
    var listed = emr.listClusters(r -> {}).clusters().get(0).status();
    assertEquals(detail, listed.errorDetails().get(0));
  }

  private ClusterStatus status(String id) {
    return emr.describeCluster(r -> r.clusterId(id)).cluster().status();
  }

  @Test
  void aFaultThatCantBeReadIsRefused() throws Exception {
    assertEquals(400, faults("POST", "[{\"operation\": \"RunJobFlow\", \"effect\": \"explode\"}]"));
    assertEquals(400, faults("POST", "[{\"effect\": \"throttle\"}]"));
    assertEquals(400, faults("POST", "[{\"operation\": \"*\", \"effect\": \"endCluster\"}]"));
    assertEquals(
        400, faults("POST", "[{\"operation\": \"ListSteps\", \"effect\": \"masterLoss\"}]"));
  }

  @Test
  void aFaultMayBeMeantForOneClusterAlone() throws Exception {
    set("{\"operation\": \"RunJobFlow\", \"effect\": \"throttle\", \"holding\": \"another\"}");
    create();
    assertEquals(1, clusters());
    set("{\"operation\": \"RunJobFlow\", \"effect\": \"throttle\", \"holding\": \"faulty\"}");
    assertThrows(EmrException.class, this::create);
  }
}
