package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.World;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.status.Transition.Overtaken;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimTest {

  private static final String PLAN =
      "s3://artifacts/plans/prod/research/us-equities/0f6d2a6e-1/plan.json";
  private final World world = new World();

  @Test
  void freezesThePlanBeforeTheIntentIsWritten() {
    Decision decision = world.way().claim().take(world.object);
    assertTrue(world.store.objects.containsKey(PLAN));
    assertNull(world.status().attempt());

    world.object.setStatus(decision.transition().apply(world.object));

    assertEquals(Phase.PROVISIONING, world.status().phase());
    assertEquals("prod/research/us-equities/0f6d2a6e-1", world.status().attempt().name());
    assertTrue(world.store.text(PLAN).contains(world.status().runId()));
    assertEquals(List.of(), world.emr.requests);
  }

  @Test
  void theIntentHoldsOnlyForWhatWasChecked() {
    Decision decision = world.way().claim().take(world.object);

    world.object.getMetadata().setGeneration(2L);
    assertThrows(Overtaken.class, () -> decision.transition().apply(world.object));
    world.object.getMetadata().setGeneration(1L);

    world.object.getMetadata().setDeletionTimestamp("2026-03-02T10:00:00Z");
    assertThrows(Overtaken.class, () -> decision.transition().apply(world.object));
    world.object.getMetadata().setDeletionTimestamp(null);

    world.object.setStatus(decision.transition().apply(world.object));
    assertThrows(Overtaken.class, () -> decision.transition().apply(world.object));
  }

  @Test
  void theRunIdNamesTheResultAndNotTheCluster() {
    world.claim();
    String runId = world.status().runId();

    World bigger = new World();
    bigger.object.setSpec(
        Samples.spec(Samples.SPEC + "cluster: {core: {capacity: 8}}\ndeadlines: {total: 1h}\n"));
    bigger.claim();
    assertEquals(runId, bigger.status().runId());

    World grown = new World();
    grown.store.put(
        "s3://market-data/us/daily/2011.csv", "Ticker,Date,Open,High,Low,Close,Volume\n");
    grown.claim();
    assertNotNull(grown.status().runId());
    assertTrue(!runId.equals(grown.status().runId()));
  }

  @Test
  void aMissingInputIsRefusedWithoutAClusterAndWithoutARetry() {
    world.store.objects.clear();
    Decision decision = world.take(world.way().claim());
    assertEquals(Decision.rest().next(), decision.next());
    assertEquals(Reason.INPUT_MISSING, world.status().conditions().get(1).reason());
    assertEquals("Stalled", world.status().conditions().get(1).type());
    assertNull(world.status().attempt());
  }

  @Test
  void deniedAccessIsRefusedButAPassingFaultIsNot() {
    world.store.failure = new ObjectStoreException("can't list: AccessDenied", true, null);
    world.take(world.way().claim());
    assertEquals(Reason.INPUT_UNREADABLE, world.status().conditions().get(1).reason());
    assertTrue(world.status().message().contains("retry-requested-at"), world.status().message());

    world.store.failure = new ObjectStoreException("can't list: SlowDown", false, null);
    assertThrows(ObjectStoreException.class, () -> world.way().claim().take(Samples.object()));
  }

  @Test
  void waitsForItsTurnBeforeTheIntentIsWritten() {
    world.emr.turn = Duration.ofSeconds(2);
    Decision decision = world.take(world.way().claim());
    assertEquals(Decision.lookAgain(Duration.ofSeconds(2)), decision);
    assertNull(world.status().attempt());
    assertTrue(!world.store.objects.containsKey(PLAN));

    world.emr.turn = Duration.ofMinutes(2);
    world.take(world.way().claim());
    assertEquals(Phase.PENDING, world.status().phase());
    assertEquals("waiting for its turn to ask EMR for a cluster", world.status().message());

    world.emr.turn = Duration.ZERO;
    world.take(world.way().claim());
    assertNotNull(world.status().attempt());
  }

  @Test
  void whoeverWaitsForItsTurnIsLookedIntoAgainOnlyWhenItHasCome() {
    world.emr.turn = Duration.ofMinutes(1);
    world.take(world.way().claim());
    world.store.objects.clear();
    assertEquals(
        Decision.lookAgain(Duration.ofMinutes(1)).next(), world.take(world.way().claim()).next());
    assertEquals(Phase.PENDING, world.status().phase());

    world.emr.turn = Duration.ZERO;
    world.take(world.way().claim());
    assertEquals(Reason.INPUT_MISSING, world.status().conditions().get(1).reason());
    assertNull(world.status().attempt());
  }
}
