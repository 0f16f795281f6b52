package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.emr.EmrException.Kind;
import dev.emroperator.finance.operator.reconciler.Deletion;
import dev.emroperator.finance.operator.reconciler.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminateOnDeleteTest {

  private final World world = new World();

  private boolean mayGo() {
    return world.deletion().waitsFor(world.object).isEmpty();
  }

  @Test
  void anObjectThatAskedForNothingGoesAtOnceAlsoWhereEmrCanNotBeAsked() {
    world.emr.refusal = new EmrException(Kind.NOT_SENT, "no credentials", null);
    assertTrue(mayGo());
  }

  /** An operator that was killed right after the request, and a status that was lost then. */
  @Test
  void aClusterOfAnEarlierProcessWhoseStatusWasLostIsEndedAllTheSame() {
    world.claim();
    String id = world.emr.create(world.status().attempt().name());
    world.object.setStatus(null);
    world.restart();
    assertFalse(mayGo());
    assertEquals(List.of(id), world.emr.terminated);
  }

  @Test
  void theClusterIsEndedFirst() {
    String id = world.running();
    assertFalse(mayGo());
    assertEquals(List.of(id), world.emr.terminated);
    world.pass(Duration.ofSeconds(10));
    assertTrue(mayGo());
    assertEquals(List.of(id), world.emr.terminated, "asked once");
  }

  @Test
  void aFinishedObjectGoesWithoutACall() {
    String id = world.running();
    world.manifest("monthly", 1);
    world.manifest("trend", 1);
    world.emr.step(id, "COMPLETED");
    world.emr.cluster(id, "TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed");
    world.pass(Duration.ofSeconds(10));
    world.take(world.way().collect());
    world.take(world.way().retire());
    int calls = world.emr.lists + world.emr.describes;
    assertTrue(mayGo());
    assertEquals(calls, world.emr.lists + world.emr.describes);
  }

  @Test
  void anUnansweredRequestIsSettledBeforeTheObjectGoes() {
    world.claim();
    world.emr.failure = new EmrException(Kind.UNKNOWN_OUTCOME, "no answer", null);
    world.take(world.way().launch());
    assertFalse(mayGo(), "a cluster may still appear");

    world.emr.create(world.status().attempt().name());
    world.pass(Duration.ofSeconds(10));
    assertFalse(mayGo());
    assertEquals(List.of("j-1"), world.emr.terminated);
    world.pass(Duration.ofSeconds(10));
    assertTrue(mayGo());
  }

  @Test
  void withoutAClusterTheObjectGoesWhenTheRequestIsSettled() {
    world.claim();
    world.pass(Duration.ofSeconds(121));
    assertTrue(mayGo());
  }

  @Test
  void aYoungClusterThatEmrDoesNotShowYetIsWaitedFor() {
    String id = world.running();
    world.emr.forget(id);
    assertFalse(mayGo());
    world.pass(Duration.ofMinutes(6));
    assertTrue(mayGo());
  }

  @Test
  void whereEmrCanNoLongerBeAskedItSaysWhatToDoAndLetsTheUserGiveTheClusterUpByName() {
    String id = world.running();
    world.emr.refusal = new EmrException(Kind.REFUSED, "AccessDeniedException", null);
    var blocked = assertThrows(Deletion.Blocked.class, this::mayGo);
    assertTrue(blocked.getMessage().contains(id), blocked.getMessage());
    assertTrue(blocked.getMessage().contains("AccessDenied"), blocked.getMessage());
    assertTrue(blocked.getMessage().contains("console.aws.amazon.com"), blocked.getMessage());

    world.object.getMetadata().setAnnotations(Map.of(TerminateOnDelete.ABANDON, "j-other"));
    assertThrows(Deletion.Blocked.class, this::mayGo);
    world.object.getMetadata().setAnnotations(Map.of(TerminateOnDelete.ABANDON, id));
    assertTrue(mayGo());
  }

  @Test
  void aClusterWhoseStatusWasLostIsEndedAllTheSame() {
    String id = world.running();
    world.object.setStatus(null);
    assertTrue(world.deletion().waitsFor(world.object).isPresent());
    assertEquals(List.of(id), world.emr.terminated);
  }

  /** By another process, which has seen it in its sweep. */
  @Test
  void aClusterThatTheSweepHasSeenIsEndedEvenIfStatusKnowsOfNone() {
    String id = world.running();
    world.restart();
    world.reconcile();
    world.object.setStatus(null);
    assertTrue(world.deletion().waitsFor(world.object).isPresent());
    assertEquals(List.of(id), world.emr.terminated);
    world.end(id, "INTERRUPTED", "TERMINATED", "USER_REQUEST", "Terminated by user request");
    assertEquals(Optional.empty(), world.deletion().waitsFor(world.object));
  }
}
