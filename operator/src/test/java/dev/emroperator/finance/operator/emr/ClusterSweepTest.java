package dev.emroperator.finance.operator.emr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.ManualClock;
import dev.emroperator.finance.operator.emr.EmrException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterSweepTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private final ManualClock clock = new ManualClock();
  private final FakeEmr emr = new FakeEmr(clock);
  private final ClusterSweep sweep = new ClusterSweep(emr, INTERVAL, 0.4, clock);

  /** A cluster that is starting, behind eight that run. */
  private String lastOfNinePages() {
    emr.pageSize = 1;
    for (int i = 0; i < 8; i++) {
      emr.cluster(emr.create("cluster-" + i), "RUNNING", null, null);
    }
    return emr.create("new");
  }

  private String state(String id) {
    return sweep.find(id).orElseThrow().state();
  }

  @Test
  void oneListingServesEveryoneForAnInterval() {
    String a = emr.create("prod/ns/a/11111111-1");
    String b = emr.create("prod/ns/b/22222222-1");
    assertEquals("STARTING", state(a));
    assertEquals("STARTING", state(b));
    clock.pass(INTERVAL.minusMillis(1));
    state(a);
    assertEquals(1, emr.lists);
    clock.pass(Duration.ofMillis(1));
    state(a);
    assertEquals(2, emr.lists);
    assertEquals(0, emr.describes);
  }

  @Test
  void whereAllAreManyPagesThoseThatDoNotRunAreListedInBetween() {
    String starting = lastOfNinePages();
    assertEquals("STARTING", state(starting));
    assertEquals(9, sweep.pages());
    state(starting);
    assertEquals(10, emr.lists, "the first short list comes at once");
    emr.cluster(starting, "BOOTSTRAPPING", null, null);
    emr.cluster("j-1", "TERMINATING", null, null);
    String newer = emr.create("newer");
    clock.pass(INTERVAL);
    assertEquals("BOOTSTRAPPING", state(starting));
    assertEquals("TERMINATING", state("j-1"));
    assertEquals("RUNNING", state("j-2"));
    assertEquals("STARTING", state(newer));
    assertEquals(13, emr.lists);
    assertEquals(0, emr.describes);
    assertEquals(clock.instant(), sweep.sweptAt().orElseThrow());
  }

  @Test
  void whoeverHasComeUpOrGoneIsKnownFromTheShortList() {
    String starting = lastOfNinePages();
    emr.cluster("j-1", "TERMINATING", null, null);
    state(starting);
    emr.cluster(starting, "RUNNING", null, null);
    emr.cluster("j-1", "TERMINATED", null, null);
    clock.pass(INTERVAL);
    assertEquals("RUNNING", state(starting));
    assertEquals(0, emr.describes);
    assertEquals("TERMINATED", state("j-1"));
    assertEquals(1, emr.describes);
  }

  /** Nothing is made up for longer than until the next list of all. */
  @Test
  void whoeverFailedUnseenIsNotTakenForRunningWhenAllAreListedAgain() {
    String starting = lastOfNinePages();
    state(starting);
    emr.cluster(starting, "TERMINATED_WITH_ERRORS", "BOOTSTRAP_FAILURE", null);
    clock.pass(INTERVAL);
    assertEquals("RUNNING", state(starting));
    clock.pass(Duration.ofSeconds(57));
    assertEquals("TERMINATED_WITH_ERRORS", state(starting));
  }

  @Test
  void aClusterThatLeftTheSweepIsDescribedOnce() {
    String id = emr.create("a");
    emr.cluster(id, "TERMINATED", "USER_REQUEST", "Terminated by user request");
    assertEquals("TERMINATED", state(id));
    assertEquals("TERMINATED", state(id));
    assertEquals(1, emr.describes);
  }

  @Test
  void whoeverWasSeenToLeaveIsKnownToWithoutACallWhenItHasEnded() {
    String id = emr.create("a");
    assertFalse(sweep.hasSeenLeave(id));
    emr.cluster(id, "TERMINATING", null, null);
    assertFalse(sweep.hasSeenLeave(id), "the sweep is not due yet");
    clock.pass(INTERVAL);
    assertTrue(sweep.hasSeenLeave(id));
    emr.cluster(id, "TERMINATED", "USER_REQUEST", "Terminated by user request");
    clock.pass(INTERVAL);
    assertTrue(sweep.hasSeenLeave(id));
    assertEquals(0, emr.describes);
  }

  @Test
  void aFailedSweepKeepsWhatWasSeenAndIsNotRepeatedAtOnce() {
    String id = emr.create("a");
    state(id);
    Instant seen = sweep.sweptAt().orElseThrow();
    emr.listFailure = new EmrException(Kind.UNKNOWN_OUTCOME, "HTTP 500", null);
    clock.pass(INTERVAL);
    assertEquals("STARTING", state(id));
    assertEquals("STARTING", state(id));
    assertEquals(2, emr.lists);
    assertEquals(seen, sweep.sweptAt().orElseThrow());
    emr.listFailure = null;
    clock.pass(INTERVAL);
    state(id);
    assertEquals(clock.instant(), sweep.sweptAt().orElseThrow());
  }

  @Test
  void aSweepThatFailsForLongIsNoLongerBelieved() {
    String id = emr.create("a");
    state(id);
    emr.listFailure = new EmrException(Kind.REFUSED, "AccessDenied", null);
    emr.cluster(id, "TERMINATING", "USER_REQUEST", "Terminated by user request");
    clock.pass(INTERVAL.multipliedBy(6));
    assertEquals("STARTING", state(id));
    clock.pass(Duration.ofMillis(1));
    assertEquals("TERMINATING", state(id));
  }

  @Test
  void withoutAnySweepTheFailureIsTold() {
    emr.listFailure = new EmrException(Kind.REFUSED, "AccessDenied", null);
    assertThrows(EmrException.class, () -> sweep.find("j-1"));
  }

  @Test
  void aListThatIsLongerThanTheTokensGoesOnWhereItStopped() {
    emr.pageSize = 1;
    for (int i = 0; i < 5; i++) {
      emr.create("cluster-" + i);
    }
    emr.tokens = 3;
    ApiBudget.Spent spent = assertThrows(ApiBudget.Spent.class, () -> sweep.find("j-1"));
    clock.pass(spent.after());
    emr.tokens = 2;
    assertEquals(5, sweep.live().size());
    assertEquals(5, emr.lists);
  }

  @Test
  void oneHistoryServesAllWhoSearch() {
    Instant intent = clock.instant();
    String id = emr.create("a");
    emr.cluster(id, "TERMINATED", null, null);
    assertEquals(1, sweep.history(intent, intent).size());
    assertEquals(1, sweep.history(intent.plusSeconds(5), intent).size());
    assertEquals(1, emr.lists);
  }

  @Test
  void thatThereIsNoneIsOnlySaidByAListThatBeganLateEnough() {
    Instant intent = clock.instant();
    assertEquals(List.of(), sweep.history(intent, intent));
    clock.pass(Duration.ofSeconds(4));
    ApiBudget.Spent spent =
        assertThrows(ApiBudget.Spent.class, () -> sweep.history(intent, intent.plusSeconds(4)));
    assertEquals(Duration.ofSeconds(6), spent.after());
    clock.pass(spent.after());
    emr.create("late");
    assertEquals(1, sweep.history(intent, intent.plusSeconds(4)).size());
  }

  @Test
  void aHistoryReachesAsFarBackAsAnyoneWhoSearchesNeeds() {
    Instant early = clock.instant();
    emr.create("old");
    clock.pass(Duration.ofHours(1));
    Instant late = clock.instant();
    assertEquals(0, sweep.history(late, late).size());
    ApiBudget.Spent spent = assertThrows(ApiBudget.Spent.class, () -> sweep.history(early, early));
    clock.pass(spent.after());
    assertEquals(1, sweep.history(late, late).size());
    assertEquals(1, sweep.history(early, early).size());
    assertEquals(2, emr.lists);
  }

  @Test
  void whileOneThreadSweepsOthersUseWhatWasSeenBefore() throws Exception {
    String id = emr.create("a");
    state(id);
    clock.pass(INTERVAL);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    emr.onList =
        () -> {
          inside.countDown();
          await(release);
        };
    CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> state(id));
    await(inside);
    emr.cluster(id, "RUNNING", null, null);
    assertEquals("STARTING", state(id));
    release.countDown();
    assertEquals("RUNNING", slow.get(5, TimeUnit.SECONDS));
    assertEquals(2, emr.lists);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(5, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
