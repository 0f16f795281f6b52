package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Decision.Next;
import dev.emroperator.finance.operator.reconciler.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObserveTest {

  private final World world = new World();

  private Decision observe() {
    return world.take(world.way().observe());
  }

  private ProgressRecord progress(String runId, int percent, boolean finished) {
    return progress(runId, percent, finished, null);
  }

  private ProgressRecord progress(String runId, int percent, boolean finished, String eta) {
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
        eta);
  }

  /** The job has done so much, and tells that it is done after that time. */
  private void tell(int percent, Duration left) {
    String eta = left == null ? null : world.clock.instant().plus(left).toString();
    world.progress(progress(world.status().runId(), percent, false, eta));
  }

  private Duration shown() {
    return Duration.between(world.clock.instant(), world.status().progress().eta());
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
  void anotherProcessLooksAtARunningJobOnceItsTurnInTheIntervalHasCome() {
    world.running();
    world.progress(progress(world.status().runId(), 41, false));
    observe();
    world.restart();
    world.progress(progress(world.status().runId(), 60, false));
    Duration interval = world.config.timing().progressInterval();
    Duration turn = ((Next.LookAgain) observe().next()).after();
    assertTrue(!turn.isZero() && turn.compareTo(interval) < 0, turn.toString());
    assertEquals(41, world.status().progress().percent());
    observe();
    assertEquals(60, world.status().progress().percent());
  }

  @Test
  void jobsThatAnotherProcessHasWatchedAreLookedAtAllOverTheInterval() {
    FirstLooks looks = new FirstLooks();
    Duration interval = Duration.ofSeconds(10);
    int[] inSecond = new int[10];
    for (int i = 0; i < 500; i++) {
      var object = new FinancialAnalysis();
      object
          .getMetadata()
          .setUid(UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)}).toString());
      inSecond[(int) looks.after(object, interval).toSeconds()]++;
      assertEquals(Duration.ZERO, looks.after(object, interval));
    }
    assertTrue(Arrays.stream(inSecond).allMatch(n -> n < 3 * 50), Arrays.toString(inSecond));
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
  void showsWhenTheJobIsDoneToTheNextMinute() {
    world.running();
    tell(3, null);
    observe();
    assertNull(world.status().progress().eta());
    Instant minute = world.clock.instant().truncatedTo(ChronoUnit.MINUTES);
    for (Duration end : List.of(Duration.ofMillis(300_001), Duration.ofMinutes(6))) {
      world.progress(progress(world.status().runId(), 40, false, minute.plus(end).toString()));
      observe();
      assertEquals(minute.plus(Duration.ofMinutes(6)), world.status().progress().eta());
    }
  }

  @Test
  void anEndThatMovesALittleIsNoReasonToWrite() {
    world.running();
    tell(40, Duration.ofMinutes(100));
    observe();
    var before = world.status();
    tell(40, Duration.ofMinutes(108));
    observe();
    assertEquals(before, world.status());
    tell(40, Duration.ofMinutes(92));
    observe();
    assertEquals(before, world.status());
  }

  @Test
  void anEndThatMovesMuchIsShown() {
    world.running();
    for (int minutes : List.of(100, 115, 90)) {
      tell(40, Duration.ofMinutes(minutes));
      observe();
      assertTrue(shown().minusMinutes(minutes).compareTo(Duration.ofMinutes(1)) < 0, "" + shown());
      assertTrue(shown().compareTo(Duration.ofMinutes(minutes)) >= 0, "" + shown());
    }
  }

  @Test
  void anEndThatMovesALittleIsShownWithAnotherChange() {
    world.running();
    tell(40, Duration.ofMinutes(100));
    observe();
    tell(41, Duration.ofMinutes(104));
    observe();
    assertTrue(shown().compareTo(Duration.ofMinutes(104)) >= 0, "" + shown());
  }

  @Test
  void aJobThatIsSilentOrEndedHasNoEnd() {
    world.running();
    tell(41, Duration.ofMinutes(100));
    observe();
    world.pass(Duration.ofSeconds(61));
    observe();
    assertNull(world.status().progress().eta());

    tell(41, Duration.ofMinutes(100));
    observe();
    assertNotNull(world.status().progress().eta());
    world.pass(Duration.ofHours(6));
    observe();
    assertEquals(Reason.DEADLINE_EXCEEDED, world.status().outcome().reason());
    assertNull(world.status().progress().eta());
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
    assertEquals(Reason.START_DEADLINE_EXCEEDED, world.status().outcome().reason());
    world.take(world.way().retire());
    assertEquals(List.of("j-1"), world.emr.terminated);
  }

  @Test
  void endsARunThatTakesTooLong() {
    world.running();
    world.pass(Duration.ofHours(6));
    observe();
    assertEquals(Reason.DEADLINE_EXCEEDED, world.status().outcome().reason());
  }

  @Test
  void waitsForANewClusterToBecomeVisible() {
    String id = world.running();
    world.emr.forget(id);
    world.pass(Duration.ofSeconds(10));
    assertTrue(observe().next() instanceof Next.LookAgain);
    world.pass(Duration.ofMinutes(6));
    observe();
    assertEquals(Reason.CLUSTER_LOST, world.status().outcome().reason());
  }

  @Test
  void progressThatMakesNoSenseIsIgnored() {
    world.running();
    String home = dev.emroperator.finance.operator.plan.Run.home(world.object).toString();
    String broken =
        "{\"runId\":\"%s\",\"attempt\":\"%s\",\"at\":\"yesterday\",\"percent\":50,\"steps\":[]}"
            .formatted(world.status().runId(), world.attempt());
    String now = broken.replace("yesterday", world.clock.instant().toString());
    String tomorrow = now.replace("[]", "[],\"eta\":\"tomorrow\"");
    String never = now.replace("[]", "[],\"eta\":\"" + Instant.MAX + "\"");
    String atLast = broken.replace("yesterday", Instant.MAX.toString());
    for (String content :
        List.of(broken, now.replace("[]", "null"), tomorrow, never, atLast, "not json", "{}")) {
      world.store.put(home + "_progress.json", content);
      observe();
      assertEquals("the job is starting (cluster j-1)", world.status().message());
    }
  }
}
