package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.emr.EmrService.ErrorDetail;
import dev.emroperator.finance.operator.emr.JobFlow.Fleet;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Decision.Next;
import dev.emroperator.finance.operator.reconciler.World;
import dev.emroperator.finance.operator.status.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

  private static final Duration LONGEST_FIRST_BACKOFF = Duration.ofSeconds(73);
  private final World world = new World();

  private void end(String id, String state, String code) {
    world.emr.step(id, "CANCELLED");
    world.emr.cluster(id, state, code, "EC2 is out of capacity for m6i.xlarge");
    world.pass(Duration.ofSeconds(10));
  }

  private Decision fail(String id, String code) {
    end(id, "TERMINATED_WITH_ERRORS", code);
    world.take(world.way().collect());
    return world.take(world.way().retire());
  }

  /** Waits for the next attempt and launches it. */
  private String nextCluster() {
    world.pass(Duration.ofMinutes(40));
    world.take(world.way().retire());
    assertTrue(world.take(world.way().claimAgain()).next() instanceof Next.Proceed);
    world.take(world.way().launch());
    return world.status().cluster().id();
  }

  /** The cluster of the third attempt, after two that failed. */
  private String thirdCluster(String code) {
    fail(world.running(), code);
    fail(nextCluster(), code);
    return nextCluster();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTERNAL_ERROR", "INSTANCE_FAILURE", "INSTANCE_FLEET_TIMEOUT"})
  void lossAndLackOfMachinesAreTriedAgainOnANewCluster(String code) {
    String first = world.running();
    fail(first, code);
    assertEquals(Phase.PENDING, world.status().phase());
    assertTrue(world.status().message().contains("attempt 2 begins at"), world.status().message());
    assertEquals(Reason.RETRY_SCHEDULED, world.status().conditions().get(0).reason());

    String second = nextCluster();
    assertEquals("j-2", second);
    assertEquals(2, world.status().attempt().number());
    assertTrue(world.status().attempt().name().endsWith("0f6d2a6e-2"));
    assertEquals(first, world.status().attempts().get(0).clusterId());
    assertTrue(world.status().attempts().get(0).message().contains("out of capacity"));
    assertNull(world.status().outcome());
    assertEquals(2, world.emr.requests.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"VALIDATION_ERROR", "BOOTSTRAP_FAILURE", "USER_REQUEST", "STEP_FAILURE"})
  void whatWouldEndTheSameWayIsNotTriedAgain(String code) {
    fail(world.running(), code);
    assertEquals(Phase.FAILED, world.status().phase());
    assertNull(world.reconcile(), "nothing follows");
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void theUserMayAskForAnotherTryAfterAFailedStep() {
    world.object.setSpec(Samples.spec(Samples.SPEC + "retry: {onStepFailure: true}\n"));
    fail(world.running(), "BOOTSTRAP_FAILURE");
    assertEquals(Phase.PENDING, world.status().phase());
  }

  @Test
  void theNextAttemptWaitsForItsTimeAndForTheEndOfTheOneBefore() {
    String id = world.running();
    end(id, "TERMINATING", "INTERNAL_ERROR");
    world.take(world.way().collect());
    assertTrue(world.take(world.way().retire()).next() instanceof Next.LookAgain);
    assertEquals(Phase.FINISHING, world.status().phase(), "EMR has not reported the end");

    end(id, "TERMINATED_WITH_ERRORS", "INTERNAL_ERROR");
    world.take(world.way().retire());
    Decision early = world.take(world.way().claimAgain());
    Duration wait = ((Next.LookAgain) early.next()).after();
    assertTrue(wait.compareTo(Duration.ofSeconds(50)) > 0, "" + wait);
    assertTrue(wait.compareTo(LONGEST_FIRST_BACKOFF) <= 0, "" + wait);
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void aRestartKeepsTheTimeOfTheNextAttempt() {
    fail(world.running(), "INTERNAL_ERROR");
    Duration before = ((Next.LookAgain) world.take(world.way().claimAgain()).next()).after();
    world.restart();
    assertEquals(before, ((Next.LookAgain) world.take(world.way().claimAgain()).next()).after());
  }

  @Test
  void attemptsEndWithTheLimit() {
    String id = thirdCluster("INTERNAL_ERROR");
    fail(id, "INTERNAL_ERROR");
    assertNull(world.reconcile(), "nothing follows");
    assertEquals(Phase.FAILED, world.status().phase());
    assertEquals(3, world.emr.requests.size());
    assertEquals(2, world.status().attempts().size());
  }

  @Test
  void whatIsFinishedStaysAndIsNotRunAgain() {
    String id = world.running();
    world.manifest("monthly", 36);
    fail(id, "INSTANCE_FAILURE");
    String kept = world.status().steps().get(0).output();
    id = nextCluster();
    assertEquals(StepState.SUCCEEDED, world.status().steps().get(0).state());
    assertEquals(StepState.PENDING, world.status().steps().get(1).state());
    assertEquals("1/2", world.status().progress().summary());
    String plan =
        world.store.text("s3://artifacts/plans/prod/research/us-equities/0f6d2a6e-2/plan.json");
    assertTrue(plan.contains(kept), plan);
    assertTrue(plan.contains("trend/_runs/" + world.status().runId() + "/0f6d2a6e-2/"), plan);

    world.manifest("trend", 754);
    world.emr.step(id, "COMPLETED");
    world.emr.cluster(id, "TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed");
    world.pass(Duration.ofSeconds(10));
    world.take(world.way().collect());
    world.take(world.way().retire());
    assertEquals(Phase.SUCCEEDED, world.status().phase());
    assertEquals(kept, world.status().outputs().get(0).path());
  }

  @Test
  void noAttemptIsClaimedForAnObjectThatIsBeingDeleted() {
    fail(world.running(), "INTERNAL_ERROR");
    world.pass(Duration.ofMinutes(40));
    world.object.getMetadata().setDeletionTimestamp("2026-03-02T11:00:00Z");
    assertThrows(Transition.Overtaken.class, () -> world.take(world.way().claimAgain()));
    assertTrue(world.deletion().waitsFor(world.object).isEmpty(), "the first cluster has ended");
  }

  @Test
  void aLostPlanEndsTheRunWithAWordOnIt() {
    fail(world.running(), "INTERNAL_ERROR");
    world.pass(Duration.ofMinutes(40));
    world.store.objects.keySet().removeIf(key -> key.contains("plan.json"));
    world.take(world.way().claimAgain());
    world.take(world.way().retire());
    assertEquals(Phase.FAILED, world.status().phase());
    assertTrue(world.status().message().contains("rerun-requested-at"), world.status().message());
  }

  @Test
  void theNextAttemptLooksForMachinesInTheOtherSubnets() {
    String id = world.running();
    world.emr.chose(id, "subnet-a");
    fail(id, "INTERNAL_ERROR");
    nextCluster();
    assertEquals("subnet-a", world.status().attempts().get(0).subnet());
    assertEquals(List.of("subnet-b"), world.emr.requests.get(1).network().subnetIds());
  }

  @Test
  void theCauseHoldsTheDetailsThatEmrKnows() {
    String id = world.running();
    world.emr.detail(
        id,
        new ErrorDetail(
            "INTERNAL_ERROR_EC2_INSUFFICIENT_CAPACITY_AZ",
            null,
            Map.of("instance-type", "m6g.xlarge", "availability-zone", "eu-west-1a")));
    fail(id, "INTERNAL_ERROR");
    String message = world.status().message();
    assertTrue(
        message.contains(
            "INTERNAL_ERROR_EC2_INSUFFICIENT_CAPACITY_AZ {availability-zone=eu-west-1a,"
                + " instance-type=m6g.xlarge}"),
        message);
  }

  /** The sample environment allows it. */
  @Test
  void aThirdAttemptPaysOnDemandPricesForItsTaskNodes() {
    thirdCluster("INSTANCE_FLEET_TIMEOUT");
    Fleet second = world.emr.requests.get(1).fleets().get(2);
    assertEquals(4, second.spotCapacity());
    Fleet third = world.emr.requests.get(2).fleets().get(2);
    assertEquals(4, third.onDemandCapacity());
    assertEquals(0, third.spotCapacity());
    assertEquals(5, world.emr.requests.get(2).managedScaling().maximumOnDemand());
  }
}
