package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.Manifest.BadRows;
import dev.emroperator.finance.api.run.Manifest.NamedFile;
import dev.emroperator.finance.api.run.Manifest.Source;
import dev.emroperator.finance.operator.reconciler.Decision.Next;
import dev.emroperator.finance.operator.reconciler.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectTest {

  private static final String CURRENT = "s3://research/us-equities/monthly/_current.json";
  private final World world = new World();
  private String id;

  @BeforeEach
  void run() {
    id = world.running();
  }

  private void end(String stepState, String clusterState, String code, String reason) {
    world.emr.step(id, stepState);
    world.emr.cluster(id, clusterState, code, reason);
    world.pass(Duration.ofSeconds(10));
  }

  private void collect() {
    world.take(world.way().collect());
  }

  @Test
  void succeedsWithEveryStepCompletedAndEveryManifestThere() {
    world.manifest("monthly", 36);
    world.manifest("trend", 754);
    end("COMPLETED", "TERMINATING", "ALL_STEPS_COMPLETED", "Steps completed");
    collect();
    world.take(world.way().retire());

    assertEquals(Phase.SUCCEEDED, world.status().phase());
    assertEquals("Ready", world.status().conditions().get(0).type());
    assertEquals("True", world.status().conditions().get(0).status());
    assertEquals(1, world.status().conditions().size());
    assertEquals("100%", world.status().progress().display());
    assertEquals(754, world.status().outputs().get(1).rows());
    assertEquals(
        "s3://research/us-equities/trend/_runs/" + world.status().runId() + "/0f6d2a6e-1/",
        world.status().outputs().get(1).path());
    assertTrue(world.store.text(CURRENT).contains(world.status().runId()));
    assertEquals(List.of(), world.emr.terminated, "it ends by itself");
  }

  @Test
  void statusTellsHowManyFilesAndRowsWereLeftOut() {
    var bad = new NamedFile("s3://market-data/us/daily/a.csv", "corrupt", "can't be read");
    var empty = new NamedFile("s3://market-data/us/daily/b.csv", "empty", "has no rows");
    var input = new Source("bars", null, Map.of("corrupt", 1, "empty", 1), List.of(bad, empty));
    world.manifest("monthly", 36, List.of(input), new BadRows(7, Map.of("price", 7L), "_q/"));
    world.manifest("trend", 754);
    end("COMPLETED", "TERMINATING", "ALL_STEPS_COMPLETED", "Steps completed");
    collect();

    assertEquals(1, world.status().outputs().get(0).badFiles());
    assertEquals(7, world.status().outputs().get(0).badRows());
    assertNull(world.status().outputs().get(1).badFiles());
    assertNull(world.status().outputs().get(1).badRows());
  }

  @Test
  void aClusterThatSaysAllIsWellIsNotASuccess() {
    world.manifest("monthly", 36);
    end("COMPLETED", "TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed");
    collect();
    assertEquals(Reason.RESULTS_MISSING, world.status().outcome().reason());
    assertFalse(world.store.objects.containsKey(CURRENT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CANCELLED", "INTERRUPTED", "FAILED", "SOME_FUTURE_STATE"})
  void noStepStateButCompletedIsASuccess(String state) {
    world.manifest("monthly", 36);
    world.manifest("trend", 754);
    end(state, "TERMINATED", "USER_REQUEST", "Terminated by user request");
    collect();
    assertFalse(world.status().outcome().succeeded());
    assertFalse(world.store.objects.containsKey(CURRENT));
  }

  @Test
  void tellsTheJobsOwnCause() {
    world.manifest("monthly", 36);
    world.error("trend", "CorruptFile", "s3://market-data/us/daily/2010.csv is cut short");
    end("FAILED", "TERMINATED_WITH_ERRORS", "STEP_FAILURE", "Shut down as step failed");
    collect();
    world.take(world.way().retire());
    assertEquals(
        "analysis 'trend': s3://market-data/us/daily/2010.csv is cut short",
        world.status().message());
    assertEquals(StepState.SUCCEEDED, world.status().steps().get(0).state());
    assertEquals(StepState.FAILED, world.status().steps().get(1).state());
    assertEquals("Stalled", world.status().conditions().get(1).type());
    assertEquals("1/2", world.status().progress().summary());
  }

  @Test
  void withoutAWordFromTheJobTellsEmrsCause() {
    end(
        "CANCELLED",
        "TERMINATED_WITH_ERRORS",
        "INSTANCE_FAILURE",
        "The master node was terminated");
    collect();
    assertEquals(Reason.INSTANCE_FAILURE, world.status().outcome().reason());
    assertTrue(world.status().message().contains("The master node was terminated"));
  }

  @ParameterizedTest
  @CsvSource({"BOOTSTRAP_FAILURE, BootstrapFailure", "PLAN_LOST, ClusterEnded", ", ClusterEnded"})
  void aCodeThatEmrDoesNotHaveTodayIsNoReasonOfOurs(String code, String reason) {
    end("CANCELLED", "TERMINATED_WITH_ERRORS", code, "it ended");
    collect();
    assertEquals(reason, world.status().outcome().reason().code());
    assertEquals(
        code != null && reason.equals("ClusterEnded"),
        world.status().message().contains(code + ", it ended"));
  }

  @Test
  void waitsWhileTheStepIsStillActive() {
    world.emr.step(id, "RUNNING");
    assertTrue(world.take(world.way().collect()).next() instanceof Next.LookAgain);
    assertNull(world.status().outcome());
  }

  @Test
  void movesThePointerOverAnOlderRun() {
    world.store.put(CURRENT, "{\"version\":1,\"runId\":\"older\",\"path\":\"s3://x/\"}");
    world.manifest("monthly", 36);
    world.manifest("trend", 754);
    end("COMPLETED", "TERMINATING", null, null);
    collect();
    assertTrue(world.store.text(CURRENT).contains(world.status().runId()));
  }

  @Test
  void retireLooksOnUntilTheClusterIsGoneAndThenRests() {
    world.manifest("monthly", 36);
    world.manifest("trend", 754);
    end("COMPLETED", "TERMINATING", null, null);
    collect();
    assertTrue(world.take(world.way().retire()).next() instanceof Next.LookAgain);
    assertEquals(Phase.SUCCEEDED, world.status().phase());
    end("COMPLETED", "TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed");
    assertNull(world.reconcile(), "it rests");
    assertEquals("TERMINATED", world.status().cluster().state());
    int lists = world.emr.lists;
    world.pass(Duration.ofHours(1));
    world.take(world.way().retire());
    assertEquals(lists, world.emr.lists, "a finished object costs no call");
  }

  @Test
  void retireHelpsAClusterThatStaysAfterASuccess() {
    world.manifest("monthly", 36);
    world.manifest("trend", 754);
    end("COMPLETED", "WAITING", null, null);
    collect();
    world.take(world.way().retire());
    assertEquals(List.of(), world.emr.terminated);
    world.pass(Duration.ofSeconds(61));
    world.take(world.way().retire());
    assertEquals(List.of(id), world.emr.terminated);
  }

  @Test
  void troubleAfterTheEndDoesNotTakeTheResultBack() {
    world.manifest("monthly", 36);
    world.manifest("trend", 754);
    end("COMPLETED", "TERMINATING", null, null);
    collect();
    world.take(world.way().retire());
    var said = world.status();
    var hindered =
        new dev.emroperator.finance.operator.status.Transitions(world.clock)
            .hindered(Reason.HINDERED, "EMR is asked too often");
    assertEquals(said, hindered.apply(world.object));
  }

  @Test
  void anEndThatTheStatusDoesNotTellIsNone() {
    world.object.setStatus(
        world.status().withPhase(Phase.FAILED).withOutcome(null).withProgress(null));
    end("INTERRUPTED", "TERMINATED", "USER_REQUEST", "Terminated by user request");
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
    assertEquals(Reason.USER_REQUEST, world.status().outcome().reason());
  }

  @Test
  void aSuccessThatTheStatusDoesNotTellIsLookedFor() {
    world.object.setStatus(world.status().withPhase(Phase.SUCCEEDED).withOutcome(null));
    end("COMPLETED", "TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed");
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
    assertEquals(Reason.RESULTS_MISSING, world.status().outcome().reason());
  }

  /** Lists of steps and of clusters need not be of the same moment. */
  @Test
  void stepsThatRunOnAClusterThatHasEndedAreLookedAtAgain() {
    world.manifest("monthly", 36);
    world.manifest("trend", 754);
    end("RUNNING", "TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed");
    world.reconcile();
    assertNull(world.status().outcome());
    end("COMPLETED", "TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed");
    world.reconcile();
    assertEquals(Phase.SUCCEEDED, world.status().phase());
  }

  @Test
  void stepsOfWhichEmrNeverTellsTheEndAreNotWaitedForForEver() {
    end("RUNNING", "TERMINATED", "USER_REQUEST", "Terminated by user request");
    world.reconcile();
    assertNull(world.status().outcome());
    world.pass(Duration.ofMinutes(2));
    world.reconcile();
    assertEquals(Reason.USER_REQUEST, world.status().outcome().reason());
  }
}
