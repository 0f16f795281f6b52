package dev.emroperator.finance.operator.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.status.Transition.Overtaken;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Suspend, cancel, retry, rerun, edits and expiry, by the reconciler itself. */
class LifecycleTest {

  private static final String SUSPENDED = Samples.SPEC + "suspend: true\n";

  private final World world = new World();

  private Reason reason() {
    return world.status().conditions().get(0).reason();
  }

  private List<String> conditions() {
    return world.status().conditions().stream().map(c -> c.type() + "=" + c.status()).toList();
  }

  private void succeeded() {
    world.running();
    world.succeed();
    assertEquals(Phase.SUCCEEDED, world.status().phase());
  }

  private void failed() {
    String id = world.running();
    world.manifest("monthly", 36);
    world.end(id, "FAILED", "TERMINATED_WITH_ERRORS", "STEP_FAILURE", "Shut down as step failed");
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
  }

  /** The clusters that were asked for have ended, as EMR says. */
  private void clusterEnds() {
    String id = world.status().cluster().id();
    world.end(id, "INTERRUPTED", "TERMINATED", "USER_REQUEST", "Terminated by user request");
  }

  @Test
  void aSuspendedObjectAsksForNothingUntilItIsResumed() {
    world.edit(SUSPENDED);
    assertNull(world.reconcile());
    assertEquals(Phase.SUSPENDED, world.status().phase());
    assertEquals(List.of("Ready=False"), conditions());
    assertEquals(Reason.SUSPENDED, reason());
    assertEquals(List.of(), world.emr.requests);

    world.edit(Samples.SPEC);
    world.reconcile();
    assertEquals(Phase.PROVISIONING, world.status().phase());
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void suspendingARunEndsItsClusterAndResumingRunsTheRest() {
    String first = world.running();
    world.manifest("monthly", 36);
    world.edit(SUSPENDED);
    world.reconcile();
    assertEquals(List.of(first), world.emr.terminated);
    assertEquals(Phase.FINISHING, world.status().phase());
    clusterEnds();
    assertNull(world.reconcile());
    assertEquals(Phase.SUSPENDED, world.status().phase());
    assertEquals(List.of("Ready=False"), conditions());
    assertTrue(world.status().message().contains("1 of 2"), world.status().message());
    String kept = world.status().outputs().get(0).path();

    world.pass(Duration.ofDays(3));
    world.edit(Samples.SPEC);
    world.reconcile();
    assertEquals(2, world.emr.requests.size());
    assertEquals(2, world.status().attempt().number());
    assertEquals(0, world.status().attempt().retries(), "a rest is no failure");
    assertEquals(StepState.SUCCEEDED, world.status().steps().get(0).state());
    world.succeed();
    assertEquals(Phase.SUCCEEDED, world.status().phase());
    assertEquals(kept, world.status().outputs().get(0).path());
  }

  @Test
  void whatWasFinishedBeforeTheSuspensionTookHoldNeedsNoOtherCluster() {
    world.running();
    world.edit(SUSPENDED);
    world.reconcile();
    world.manifest("monthly", 36);
    world.manifest("trend", 754);
    clusterEnds();
    world.reconcile();
    world.edit(Samples.SPEC);
    world.reconcile();
    assertEquals(Phase.SUCCEEDED, world.status().phase());
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void aRunThatWaitsForItsRetryRestsWhenItIsSuspended() {
    String id = world.running();
    world.end(id, "CANCELLED", "TERMINATED_WITH_ERRORS", "INTERNAL_ERROR", "out of capacity");
    world.reconcile();
    assertEquals(Reason.RETRY_SCHEDULED, reason());
    world.edit(SUSPENDED);
    assertNull(world.reconcile());
    assertEquals(Phase.SUSPENDED, world.status().phase());
    world.pass(Duration.ofHours(1));
    world.edit(Samples.SPEC);
    world.reconcile();
    assertEquals(1, world.status().attempt().retries());
    assertEquals(2, world.emr.requests.size());
  }

  @Test
  void cancellingEndsTheClusterAndKeepsWhatIsFinished() {
    String id = world.running();
    world.manifest("monthly", 36);
    world.annotate(Request.CANCEL, "2026-03-02T10:05:00Z");
    world.reconcile();
    assertEquals(List.of(id), world.emr.terminated);
    clusterEnds();
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
    assertEquals(Reason.CANCELLED, reason());
    assertEquals(1, world.status().outputs().size());
    assertEquals("2026-03-02T10:05:00Z", world.status().handledRequests().get("cancel"));
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void cancellingBeforeTheStartAsksForNothing() {
    world.annotate(Request.CANCEL, "now");
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
    assertEquals(Reason.CANCELLED, reason());
    assertEquals(List.of(), world.emr.requests);
    assertNull(world.reconcile(), "asked once");
  }

  @Test
  void cancellingAWaitingRetryEndsTheRun() {
    String id = world.running();
    world.end(id, "CANCELLED", "TERMINATED_WITH_ERRORS", "INTERNAL_ERROR", "out of capacity");
    world.reconcile();
    world.annotate(Request.CANCEL, "now");
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
    assertEquals(Reason.CANCELLED, reason());
    world.pass(Duration.ofHours(1));
    assertNull(world.reconcile());
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void aRetryOfAFailedRunRunsTheRestOnce() {
    failed();
    String runId = world.status().runId();
    world.annotate(Request.RETRY, "1");
    world.reconcile();
    assertEquals(2, world.emr.requests.size());
    assertEquals(runId, world.status().runId());
    assertEquals(StepState.SUCCEEDED, world.status().steps().get(0).state());
    world.succeed();
    assertEquals(Phase.SUCCEEDED, world.status().phase());
    world.annotate(Request.RETRY, "2");
    world.reconcile();
    assertEquals("2", world.status().handledRequests().get("retry"), "there is nothing to retry");
    assertEquals(2, world.emr.requests.size());
  }

  @Test
  void aRetryAskedForWhileTheRunGoesOnDoesNotWaitForItsFailure() {
    String id = world.running();
    world.annotate(Request.RETRY, "early");
    world.reconcile();
    world.end(id, "FAILED", "TERMINATED_WITH_ERRORS", "STEP_FAILURE", "Shut down as step failed");
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
    world.pass(Duration.ofHours(1));
    assertNull(world.reconcile());
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void aRetryThatHasToWaitForItsTurnOrForASuspensionIsNotForgotten() {
    failed();
    world.annotate(Request.RETRY, "1");
    world.edit(SUSPENDED);
    world.reconcile();
    assertEquals(Phase.SUSPENDED, world.status().phase());
    world.reconcile();
    world.edit(Samples.SPEC);
    world.reconcile();
    assertEquals(2, world.emr.requests.size());
  }

  @Test
  void aBucketThatCanNotBeReadKeepsNoClusterAlive() {
    String id = world.running();
    world.annotate(Request.CANCEL, "now");
    world.store.failure = new ObjectStoreException("AccessDenied", true, null);
    world.reconcile();
    assertEquals(List.of(id), world.emr.terminated);
  }

  @Test
  void anEditOfADoneObjectWithoutAClusterIsSeen() {
    world.store.objects.keySet().removeIf(key -> key.startsWith("s3://market-data/"));
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
    world.edit(Samples.SPEC + "ttlAfterFinished: 7d\n");
    world.reconcile();
    assertEquals(2, world.status().observedGeneration());
    assertEquals(Phase.FAILED, world.status().phase());
  }

  @Test
  void anEditWhileARetryIsPreparedIsNotLaunchedUnchecked() {
    failed();
    world.annotate(Request.RETRY, "1");
    var decision = world.way().claimAgain().take(world.object);
    world.edit(Samples.SPEC + "cluster: {core: {capacity: 9000}}\n");
    assertThrows(Overtaken.class, () -> decision.transition().apply(world.object));
  }

  @Test
  void settingsOfSparkFromBeforeARetryAreChecked() {
    failed();
    world.edit(Samples.SPEC + "spark: {conf: {spark.jars: s3://payroll/code.jar}}\n");
    world.annotate(Request.RETRY, "1");
    world.reconcile();
    assertEquals(Reason.SPARK_SETTING_NOT_ALLOWED, reason());
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void aRetryOfWhatWasRefusedChecksItAgain() {
    world.store.objects.keySet().removeIf(key -> key.startsWith("s3://market-data/"));
    world.reconcile();
    assertEquals(Reason.INPUT_MISSING, reason());
    world.store.put("s3://market-data/us/daily/a.csv", "Ticker,Date,Open,High,Low,Close,Volume\n");
    assertNull(world.reconcile(), "files alone start nothing");
    world.annotate(Request.RETRY, "now");
    world.reconcile();
    assertEquals(Phase.PROVISIONING, world.status().phase());
  }

  @Test
  void aRerunMakesEverythingAnew() {
    succeeded();
    String runId = world.status().runId();
    world.annotate(Request.RERUN, "now");
    world.reconcile();
    assertNotEquals(runId, world.status().runId());
    assertEquals(2, world.status().attempt().number(), "the cluster's name stays unique");
    assertEquals(1, world.status().attempts().size());
    assertEquals(StepState.PENDING, world.status().steps().get(0).state());
    world.succeed();
    assertNull(world.reconcile(), "asked once");
    assertEquals(2, world.emr.requests.size());
  }

  @Test
  void anEditAfterTheEndIsAnotherRun() {
    succeeded();
    world.edit(Samples.SPEC.replace("[20, 252]", "[20, 50]"));
    world.reconcile();
    assertEquals(2, world.emr.requests.size());
    assertEquals(2, world.status().observedGeneration());
    assertEquals(Phase.PROVISIONING, world.status().phase());
  }

  @Test
  void editsOfWhatMayChangeStartNothing() {
    succeeded();
    world.edit(Samples.SPEC + "ttlAfterFinished: 7d\nretry: {limit: 5}\ndeadlines: {total: 1h}\n");
    world.reconcile();
    assertEquals(Phase.SUCCEEDED, world.status().phase());
    assertEquals(2, world.status().observedGeneration());
    assertEquals(2, world.status().conditions().get(0).observedGeneration());
    world.edit(SUSPENDED);
    world.reconcile();
    assertEquals(Phase.SUCCEEDED, world.status().phase(), "there is nothing to suspend");
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void aCorrectedSpecIsTriedAgainEvenWhenS3FailsInBetween() {
    world.edit(Samples.SPEC.replace("column: close", "column: last"));
    world.reconcile();
    assertEquals(List.of("Ready=False", "Stalled=True"), conditions());
    world.edit(Samples.SPEC);
    world.store.failure = new ObjectStoreException("SlowDown", false, null);
    world.reconcile();
    assertEquals(Phase.PENDING, world.status().phase());
    assertEquals(Reason.HINDERED, reason());
    world.store.failure = null;
    world.reconcile();
    assertEquals(Phase.PROVISIONING, world.status().phase());
  }

  @Test
  void anotherObjectOfTheSameWorkTakesTheResultsThatAreThere() {
    succeeded();
    List<?> outputs = world.status().outputs();
    world.recreate("77777777-5c1b-4f7e-9a57-2f4f6c9d1a11", Samples.SPEC);
    assertNull(world.reconcile());
    assertEquals(Phase.SUCCEEDED, world.status().phase());
    assertEquals(Reason.RESULT_REUSED, reason());
    assertEquals(outputs, world.status().outputs());
    assertEquals(1, world.emr.requests.size());
    assertNull(world.status().cluster());

    world.annotate(Request.RERUN, "now");
    world.reconcile();
    assertEquals(2, world.emr.requests.size(), "a rerun is made anew");
  }

  @Test
  void onlyWholeResultsAreTakenAndOnlyWhereTheUserWantsIt() {
    succeeded();
    world.recreate("77777777-5c1b-4f7e-9a57-2f4f6c9d1a11", Samples.SPEC + "reuse: Never\n");
    world.reconcile();
    assertEquals(2, world.emr.requests.size());

    World torn = new World();
    torn.running();
    torn.succeed();
    torn.store.objects.keySet().removeIf(key -> key.contains("/trend/") && key.contains("part-"));
    torn.recreate("77777777-5c1b-4f7e-9a57-2f4f6c9d1a11", Samples.SPEC);
    torn.reconcile();
    assertEquals(2, torn.emr.requests.size());
    assertEquals("1/2", torn.status().progress().summary(), "what is whole is not run again");
  }

  @Test
  void aDoneObjectIsDeletedAfterItsTimeUnlessAGitOpsToolTracksIt() {
    world.edit(Samples.SPEC + "ttlAfterFinished: 7d\n");
    succeeded();
    Duration wait = world.reconcile();
    assertTrue(wait.compareTo(Duration.ofDays(6)) > 0, "" + wait);
    world.pass(Duration.ofDays(8));
    world.object.getMetadata().setLabels(java.util.Map.of("argocd.argoproj.io/instance", "prod"));
    assertNull(world.reconcile());
    assertEquals(List.of(), world.deleted);
    world.object.getMetadata().setLabels(null);
    world.reconcile();
    assertEquals(List.of(world.object), world.deleted);
  }

  @Test
  void theJobIsToldOfADeadlineThatTheUserMoves() {
    world.running();
    String plan = "s3://artifacts/plans/prod/research/us-equities/0f6d2a6e-1/plan.json";
    assertTrue(world.store.text(plan).contains("2026-03-02T16:00:00Z"));
    world.edit(Samples.SPEC + "deadlines: {total: 8h}\n");
    world.reconcile();
    assertTrue(world.store.text(plan).contains("2026-03-02T18:00:00Z"));
    assertEquals("2026-03-02T18:00:00Z", world.status().attempt().deadline().toString());
  }
}
