package dev.emroperator.finance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.emulator.faults.Fault;
import dev.emroperator.finance.emulator.faults.FaultScript;
import dev.emroperator.finance.emulator.faults.FaultyOperations;
import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.wire.Operations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What befalls a cluster, with a clock that the test moves, told by EMR's own answers. */
class ClusterFaultsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUEST =
      """
      {"Name": "c", "ReleaseLabel": "emr-7.12.0", "ServiceRole": "r", "JobFlowRole": "r",
       "Instances": {"InstanceFleets": [
         {"InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1,
          "InstanceTypeConfigs": [{"InstanceType": "m6g.xlarge"}]},
         {"InstanceFleetType": "CORE", "TargetOnDemandCapacity": 1,
          "InstanceTypeConfigs": [{"InstanceType": "m6g.xlarge"}]},
         {"InstanceFleetType": "TASK", "TargetSpotCapacity": 4,
          "InstanceTypeConfigs": [{"InstanceType": "r6g.2xlarge", "WeightedCapacity": 2}]}]},
       "Steps": [{"Name": "s", "ActionOnFailure": "TERMINATE_CLUSTER",
         "HadoopJarStep": {"Jar": "command-runner.jar"}}]}
      """;

  private record Due(Instant at, Runnable work) {}

  private final ManualClock clock = new ManualClock();
  private final List<Due> due = new ArrayList<>();
  private final List<String> started = new ArrayList<>();
  private final FaultScript script = new FaultScript();
  private final Settings settings =
      new Settings(
          0,
          null,
          null,
          List.of(),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          0,
          "123456789012");
  private final Account account =
      new Account(
          settings,
          clock,
          (delay, work) -> due.add(new Due(clock.instant().plus(delay), work)),
          (cluster, step, ended) -> {
            started.add(step.name());
            return () -> {};
          });
  private final FaultyOperations emr =
      new FaultyOperations(new Operations(account), account, script, clock);

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String create(String fault) {
    script.add(List.of(JSON.convertValue(json(fault), Fault.class)));
    return emr.call("RunJobFlow", json(REQUEST), "eu-west-1").path("JobFlowId").asText();
  }

  private String create(String effect, int millis) {
    return create(
        "{\"operation\": \"RunJobFlow\", \"effect\": \"%s\", \"millis\": %d}"
            .formatted(effect, millis));
  }

  /** Lets time pass, and everything happen that is due in it, in its order. */
  private void pass(int millis) {
    Instant end = clock.instant().plusMillis(millis);
    while (true) {
      Due next =
          due.stream()
              .filter(d -> !d.at().isAfter(end))
              .min(Comparator.comparing(Due::at))
              .orElse(null);
      if (next == null) {
        clock.pass(Duration.between(clock.instant(), end));
        return;
      }
      due.remove(next);
      clock.pass(Duration.between(clock.instant(), next.at()));
      next.work().run();
    }
  }

  private JsonNode ask(String operation, String id) {
    return emr.call(operation, json("{\"ClusterId\": \"" + id + "\"}"), "eu-west-1");
  }

  private JsonNode status(String id) {
    return ask("DescribeCluster", id).path("Cluster").path("Status");
  }

  private String state(String id) {
    return status(id).path("State").asText();
  }

  private String stepState(String id) {
    return ask("ListSteps", id).path("Steps").path(0).path("Status").path("State").asText();
  }

  private void assertEndedBy(String id, String code, String message) {
    assertEquals("TERMINATED_WITH_ERRORS", state(id));
    assertEquals(code, status(id).path("StateChangeReason").path("Code").asText());
    assertEquals(message, status(id).path("StateChangeReason").path("Message").asText());
  }

  private JsonNode errorDetail(String id) {
    JsonNode details = status(id).path("ErrorDetails");
    assertEquals(1, details.size());
    JsonNode listed = emr.call("ListClusters", json("{}"), "eu-west-1").path("Clusters").path(0);
    assertEquals(details, listed.path("Status").path("ErrorDetails"), "both answers tell it");
    return details.path(0);
  }

  @Test
  void noCapacityEndsAClusterThatStarts() {
    String id = create("noCapacity", 5000);
    pass(4999);
    assertEquals("STARTING", state(id));
    pass(1 + 3000);
    assertEndedBy(id, "INTERNAL_ERROR", "EC2 is out of capacity for r6g.2xlarge");
    JsonNode detail = errorDetail(id);
    assertEquals("INTERNAL_ERROR_EC2_INSUFFICIENT_CAPACITY_AZ", detail.path("ErrorCode").asText());
    assertEquals("r6g.2xlarge", detail.path("ErrorData").path(0).path("instance-type").asText());
    assertEquals("eu-west-1a", detail.path("ErrorData").path(0).path("availability-zone").asText());
    assertEquals("CANCELLED", stepState(id));
    assertFalse(status(id).path("Timeline").has("ReadyDateTime"));
  }

  @Test
  void aFleetTimeoutHasNoDetails() {
    String id = create("fleetTimeout", 0);
    pass(3000);
    assertEquals("TERMINATED_WITH_ERRORS", state(id));
    assertEquals(
        "INSTANCE_FLEET_TIMEOUT", status(id).path("StateChangeReason").path("Code").asText());
    assertFalse(status(id).has("ErrorDetails"));
  }

  @Test
  void aRequestThatWasTakenMayTurnOutInvalid() {
    String id = create("validationFailure", 1000);
    pass(4000);
    assertEndedBy(
        id,
        "VALIDATION_ERROR",
        "The requested instance type r6g.2xlarge is not supported in the requested Availability"
            + " Zone");
    assertEquals(
        "VALIDATION_ERROR_INSTANCE_TYPE_NOT_SUPPORTED", errorDetail(id).path("ErrorCode").asText());
  }

  @Test
  void aBootstrapActionFailsOnTheMaster() {
    String id = create("bootstrapFailure", 1500);
    pass(2000);
    assertEquals("BOOTSTRAPPING", state(id));
    pass(1499);
    assertEquals("BOOTSTRAPPING", state(id), "it can't go on before it fails");
    pass(1 + 3000);
    String master =
        ask("ListInstances", id).path("Instances").path(0).path("Ec2InstanceId").asText();
    assertEndedBy(
        id,
        "BOOTSTRAP_FAILURE",
        "On the master instance ("
            + master
            + "), bootstrap action 1 returned a non-zero return code");
    JsonNode detail = errorDetail(id);
    assertEquals("BOOTSTRAP_FAILURE_PRIMARY_WITH_NON_ZERO_CODE", detail.path("ErrorCode").asText());
    assertEquals(master, detail.path("ErrorData").path(0).path("primary-instance-id").asText());
    assertEquals(List.of(), started);
  }

  @Test
  void aLostMasterEndsTheClusterAndItsStep() {
    String id = create("masterLoss", 700);
    pass(3000 + 699);
    assertEquals("RUNNING", state(id));
    assertEquals("RUNNING", stepState(id));
    pass(1);
    assertEquals("TERMINATING", state(id));
    assertEquals("CANCELLED", stepState(id));
    pass(3000);
    assertEndedBy(id, "INSTANCE_FAILURE", "The master node was terminated");
  }

  @Test
  void aReclaimedSpotInstanceIsReplaced() {
    String id =
        create(
            """
            {"operation": "RunJobFlow", "effect": "spotReclaim", "millis": 500,
             "replacedAfter": 4000}
            """);
    pass(3000 + 499);
    assertTaskFleet(id, "RUNNING", 4);
    pass(1);
    assertTaskFleet(id, "RESIZING", 2);
    JsonNode lost = spotInstances(id).get(0);
    assertEquals("TERMINATED", lost.path("Status").path("State").asText());
    assertTrue(lost.path("Status").path("Timeline").has("EndDateTime"));
    pass(4000);
    assertTaskFleet(id, "RUNNING", 4);
    assertEquals(3, spotInstances(id).size());
    assertEquals(lost, spotInstances(id).get(0), "the lost one stays lost");
    assertEquals("RUNNING", state(id), "the cluster goes on");
  }

  @Test
  void noReplacementComesToAClusterThatIsGone() {
    String id = create("spotReclaim", 0);
    pass(3500);
    emr.call("TerminateJobFlows", json("{\"JobFlowIds\": [\"" + id + "\"]}"), "eu-west-1");
    pass(10_000);
    assertTaskFleet(id, "TERMINATED", 0);
  }

  private void assertTaskFleet(String id, String state, int provisioned) {
    JsonNode task = ask("ListInstanceFleets", id).path("InstanceFleets").path(2);
    assertEquals(state, task.path("Status").path("State").asText());
    assertEquals(provisioned, task.path("ProvisionedSpotCapacity").asInt());
    assertEquals(4, task.path("TargetSpotCapacity").asInt());
  }

  private List<JsonNode> spotInstances(String id) {
    List<JsonNode> spot = new ArrayList<>();
    ask("ListInstances", id)
        .path("Instances")
        .forEach(
            i -> {
              if (i.path("Market").asText().equals("SPOT")) {
                spot.add(i);
              }
            });
    return spot;
  }

  @Test
  void aHangingStepRunsUntilItIsCancelled() {
    String id = create("stepHang", 0);
    pass(3_600_000);
    assertEquals("RUNNING", stepState(id));
    assertEquals(List.of(), started, "no process runs for it");
    emr.call("TerminateJobFlows", json("{\"JobFlowIds\": [\"" + id + "\"]}"), "eu-west-1");
    pass(3000);
    assertEquals("INTERRUPTED", stepState(id));
    assertEquals("TERMINATED", state(id));
  }

  @Test
  void aHangingStepCanBeCancelledAlone() {
    String id = create("stepHang", 0);
    pass(3000);
    String step = ask("ListSteps", id).path("Steps").path(0).path("Id").asText();
    emr.call(
        "CancelSteps",
        json("{\"ClusterId\": \"%s\", \"StepIds\": [\"%s\"]}".formatted(id, step)),
        "eu-west-1");
    assertEquals("CANCELLED", stepState(id));
  }

  @Test
  void aClusterMayTakeLongToTerminate() {
    String id = create("slowTermination", 300_000);
    pass(3000);
    emr.call("TerminateJobFlows", json("{\"JobFlowIds\": [\"" + id + "\"]}"), "eu-west-1");
    pass(299_999);
    assertEquals("TERMINATING", state(id));
    pass(1);
    assertEquals("TERMINATED", state(id));
  }

  @Test
  void theNextClusterIsSpared() {
    String first = create("stuckStarting", 0);
    String second = emr.call("RunJobFlow", json(REQUEST), "eu-west-1").path("JobFlowId").asText();
    assertNotEquals(first, second);
    pass(3000);
    assertEquals("STARTING", state(first));
    assertEquals("RUNNING", state(second));
  }

  @Test
  void theLifeOfAClusterIsKept() {
    String id = create("slowTermination", 10_000);
    long created = clock.millis();
    pass(5000);
    emr.call("TerminateJobFlows", json("{\"JobFlowIds\": [\"" + id + "\"]}"), "eu-west-1");
    pass(1000);
    emr.call("TerminateJobFlows", json("{\"JobFlowIds\": [\"" + id + "\"]}"), "eu-west-1");
    ClusterLife dying = ClusterLife.of(account.find(id));
    assertNull(dying.ended());
    pass(9000);
    ClusterLife life = ClusterLife.of(account.find(id));
    assertEquals(created, life.created());
    assertEquals(created + 5000, life.asked(), "the first time counts");
    assertEquals(created + 5000, life.terminating());
    assertEquals(created + 5000, life.stepEnded(), "its end cancels them");
    assertEquals(created + 15_000, life.ended());
    assertEquals("USER_REQUEST", life.reasonCode());
    assertEquals(
        List.of("STARTING", "BOOTSTRAPPING", "WAITING", "RUNNING", "TERMINATING", "TERMINATED"),
        life.states().stream().map(ClusterLife.Since::state).toList());
    assertNotNull(life.tags());
  }

  @Test
  void whatEndsByItselfWasNeverAskedTo() {
    String id = create("noCapacity", 1000);
    pass(4000);
    ClusterLife life = ClusterLife.of(account.find(id));
    assertNull(life.asked());
    assertEquals(life.created() + 1000, life.terminating());
    assertEquals(life.created() + 4000, life.ended());
  }
}
