package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.reconciler.World;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A status that was lost while a cluster ran. */
class RecoverTest {

  private final World world = new World();

  private void loseStatus() {
    world.object.setStatus(null);
    world.restart();
    world.pass(Duration.ofMinutes(5));
  }

  @Test
  void aLiveClusterIsTakenForWhatItIs() {
    String id = world.running();
    String runId = world.status().runId();
    loseStatus();
    world.reconcile();
    assertEquals(id, world.status().cluster().id());
    assertEquals(runId, world.status().runId());
    assertEquals(1, world.status().attempt().number());
    assertEquals(1, world.emr.requests.size());
    world.succeed();
    assertEquals(Phase.SUCCEEDED, world.status().phase());
  }

  /** EMR's list of all clusters is long, and many objects may wait at a time. */
  @Test
  void oneThatCameAfterTheOperatorBeganIsNotLookedForHoweverLongItHadToWait() {
    world.reconcile();
    world.pass(Duration.ofMinutes(5));
    world.recreate("9c0ffee0-0000-4000-8000-000000000002", Samples.SPEC);
    world.pass(Duration.ofMinutes(10));
    int before = world.emr.lists;
    world.reconcile();
    assertEquals(1, world.emr.lists - before, "the live ones alone");
    assertEquals(2, world.emr.requests.size());
  }

  @Test
  void twoLiveOnesBecomeTheOlderOne() {
    String id = world.running();
    String twin = world.emr.create(world.status().attempt().name());
    loseStatus();
    world.reconcile();
    assertEquals(id, world.status().cluster().id());
    assertEquals(List.of(twin), world.emr.terminated);
  }

  @Test
  void theNumberOfAnEndedOneIsNotUsedAgain() {
    String id = world.running();
    world.end(id, "FAILED", "TERMINATED_WITH_ERRORS", "STEP_FAILURE", "Shut down as step failed");
    loseStatus();
    world.reconcile();
    assertEquals(2, world.status().attempt().number());
    assertEquals(id, world.status().attempts().get(0).clusterId());
    assertTrue(world.status().cluster().name().endsWith("-2"));
  }

  @Test
  void whatAnEndedOneHasFinishedIsTaken() {
    String id = world.running();
    world.manifest("monthly", 36);
    world.manifest("trend", 754);
    world.end(id, "COMPLETED", "TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed");
    loseStatus();
    world.reconcile();
    assertEquals(Phase.SUCCEEDED, world.status().phase());
    assertEquals(1, world.emr.requests.size());
  }

  @Test
  void oneWhosePlanIsGoneIsEndedBeforeAnotherIsAskedFor() {
    String id = world.running();
    world.store.objects.keySet().removeIf(key -> key.contains("plan.json"));
    loseStatus();
    world.reconcile();
    assertEquals(List.of(id), world.emr.terminated);
    assertEquals(1, world.emr.requests.size());
    world.end(id, "INTERRUPTED", "TERMINATED", "USER_REQUEST", "Terminated by user request");
    world.reconcile();
    assertEquals(2, world.emr.requests.size());
  }

  @Test
  void oneThatRunsWhatIsNoLongerAskedForIsEndedBeforeAnotherIsAskedFor() {
    String id = world.running();
    loseStatus();
    world.edit(Samples.SPEC.replace("1mo", "1w"));
    world.reconcile();
    assertEquals(List.of(id), world.emr.terminated);
    world.end(id, "INTERRUPTED", "TERMINATED", "USER_REQUEST", "Terminated by user request");
    world.reconcile();
    assertEquals(2, world.emr.requests.size());
    assertTrue(world.status().cluster().name().endsWith("-2"));
  }

  @Test
  void oneThatWritesElsewhereIsNoLongerAskedForEither() {
    String id = world.running();
    loseStatus();
    world.edit(Samples.SPEC.replace("s3://research/us-equities/", "s3://research/"));
    world.reconcile();
    assertEquals(List.of(id), world.emr.terminated);
  }

  /** The cluster must not go on unseen because the user wants it to rest, or it is refused now. */
  @Test
  void comesBeforeWhatElseMayHoldTheObject() {
    String id = world.running();
    loseStatus();
    world.edit(Samples.SPEC + "suspend: true\n");
    world.store.failure = new ObjectStoreException("Access Denied", true, null);
    world.reconcile();
    assertEquals(List.of(id), world.emr.terminated);
  }

  /** EMR's last list is older than the cluster. */
  @Test
  void aStatusThatIsLostRightAfterTheRequestAsksForNoSecondCluster() {
    world.reconcile();
    String id = world.status().cluster().id();
    world.object.setStatus(null);
    world.emr.hidden = true;
    world.reconcile();
    assertEquals(1, world.emr.requests.size(), "it may only not show yet");
    world.emr.hidden = false;
    world.pass(Duration.ofSeconds(10));
    world.reconcile();
    assertEquals(id, world.status().cluster().id());
    assertEquals(1, world.emr.requests.size());
  }

  /** A backup that was made while the object waited for its turn. */
  @Test
  void aLiveClusterIsFoundEvenWhenTheStatusIsOnlyOlder() {
    String id = world.running();
    world.object.setStatus(
        FinancialAnalysisStatus.EMPTY.withObservedGeneration(1L).withPhase(Phase.PENDING));
    world.restart();
    world.reconcile();
    assertEquals(id, world.status().cluster().id());
    assertEquals(1, world.emr.requests.size());
  }

  /** With many clusters a list takes longer than the interval in which it is wanted. */
  @Test
  void aListThatTookLongIsNewEnoughForAnObjectThatWaited() {
    world.object.setStatus(null);
    world.pass(Duration.ofMinutes(5));
    world.emr.onList = () -> world.clock.pass(Duration.ofSeconds(30));
    world.reconcile();
    world.pass(Duration.ofMinutes(2));
    world.reconcile();
    assertEquals(1, world.emr.requests.size());
  }

  /** It was asked for by an operator that died, seconds before another one looks. */
  @Test
  void whatAnEarlierProcessAskedForIsWaitedFor() {
    world.running();
    loseStatus();
    world.emr.hidden = true;
    world.reconcile();
    world.pass(Duration.ofSeconds(100));
    world.reconcile();
    assertEquals(1, world.emr.requests.size(), "it may only not show yet");
    world.emr.hidden = false;
    world.pass(Duration.ofSeconds(30));
    world.reconcile();
    assertEquals(1, world.emr.requests.size());
    assertEquals("j-1", world.status().cluster().id());
  }

  @Test
  void anObjectThatWaitsIsLookedForOnce() {
    world.pass(Duration.ofMinutes(5));
    world.emr.turn = Duration.ofSeconds(30);
    world.reconcile();
    world.pass(Duration.ofMinutes(2));
    world.reconcile();
    int lists = world.emr.lists;
    world.reconcile();
    assertEquals(lists + 1, world.emr.lists, "the live ones, which all share");
    world.reconcile();
    assertEquals(lists + 1, world.emr.lists);
  }

  @Test
  void newObjectsShareOneLookAtTheLiveClusters() {
    world.reconcile();
    assertEquals(1, world.emr.lists);
  }
}
