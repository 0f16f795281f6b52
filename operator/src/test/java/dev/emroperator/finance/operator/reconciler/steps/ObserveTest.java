package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Decision.Next;
import dev.emroperator.finance.operator.reconciler.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserveTest {

  private final World world = new World();

  private Decision observe() {
    return world.take(world.way().observe());
  }

  private ProgressRecord progress(String runId, int percent, boolean finished) {
    return new ProgressRecord(
        1,
        runId,
        world.attempt(),
        1,
        world.clock.instant().toString(),
        percent,
        List.of(
            new ProgressRecord.Step("monthly", StepState.SUCCEEDED, 100),
            new ProgressRecord.Step("trend", StepState.RUNNING, percent)),
        finished,
        null);
  }

  @Test
  void tellsWhatAStartingClusterIsDoing() {
    world.claim();
    world.take(world.way().launch());
    world.emr.cluster("j-1", "STARTING", null, "Provisioning Amazon EC2 capacity");
    observe();
    assertEquals(Phase.PROVISIONING, world.status().phase());
    assertEquals(
        "cluster j-1 is starting: Provisioning Amazon EC2 capacity", world.status().message());
  }

  @Test
  void showsTheJobsProgressWithoutACallPerObject() {
    world.running();
    world.progress(progress(world.status().runId(), 41, false));
    int describes = world.emr.describes;
    observe();
    assertEquals(Phase.RUNNING, world.status().phase());
    assertEquals("1/2", world.status().progress().summary());
    assertEquals("41%", world.status().progress().display());
    assertEquals("monthly 100 %, trend 41 % (cluster j-1)", world.status().message());
    assertEquals(describes, world.emr.describes);
  }

  @Test
  void progressNeverFallsAndForeignProgressIsIgnored() {
    world.running();
    world.progress(progress(world.status().runId(), 41, false));
    observe();
    world.progress(progress(world.status().runId(), 12, false));
    observe();
    assertEquals(41, world.status().progress().percent());
    world.progress(progress("another-run", 99, true));
    assertTrue(observe().next() instanceof Next.LookAgain);
    assertEquals(41, world.status().progress().percent());
  }

  @Test
  void saysWhenTheJobFellSilent() {
    world.running();
    world.progress(progress(world.status().runId(), 41, false));
    world.pass(Duration.ofSeconds(61));
    observe();
    assertTrue(world.status().message().startsWith("no heartbeat"), world.status().message());
  }

  @Test
  void goesOnWhenTheJobOrTheClusterEnds() {
    String id = world.running();
    world.progress(progress(world.status().runId(), 100, true));
    assertEquals(Decision.proceed(), observe());

    world.progress(progress(world.status().runId(), 99, false));
    world.emr.cluster(id, "TERMINATING", null, null);
    world.pass(Duration.ofSeconds(10));
    assertEquals(Decision.proceed(), observe());
  }

  @Test
  void endsAClusterThatDoesNotStartInTime() {
    world.claim();
    world.take(world.way().launch());
    world.pass(Duration.ofMinutes(46));
    observe();
    assertEquals("StartDeadlineExceeded", world.status().outcome().reason());
    world.take(world.way().retire());
    assertEquals(List.of("j-1"), world.emr.terminated);
  }

  @Test
  void endsARunThatTakesTooLong() {
    world.running();
    world.pass(Duration.ofHours(6));
    observe();
    assertEquals("DeadlineExceeded", world.status().outcome().reason());
  }

  @Test
  void waitsForANewClusterToBecomeVisible() {
    String id = world.running();
    world.emr.forget(id);
    world.pass(Duration.ofSeconds(10));
    assertTrue(observe().next() instanceof Next.LookAgain);
    world.pass(Duration.ofMinutes(6));
    observe();
    assertEquals("ClusterLost", world.status().outcome().reason());
  }

  @Test
  void progressThatMakesNoSenseIsIgnored() {
    world.running();
    String home = dev.emroperator.finance.operator.plan.Run.home(world.object).toString();
    String broken =
        "{\"runId\":\"%s\",\"attempt\":\"%s\",\"at\":\"yesterday\",\"percent\":50,\"steps\":[]}"
            .formatted(world.status().runId(), world.attempt());
    for (String content : List.of(broken, broken.replace("[]", "null"), "not json", "{}")) {
      world.store.put(home + "_progress.json", content);
      observe();
      assertEquals("the job is starting (cluster j-1)", world.status().message());
    }
  }
}
