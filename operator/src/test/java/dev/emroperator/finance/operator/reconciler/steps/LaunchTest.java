package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.emr.ApiBudget;
import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.emr.EmrException.Kind;
import dev.emroperator.finance.operator.reconciler.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaunchTest {

  private static final Duration SETTLED = Duration.ofSeconds(121);
  private final World world = new World();

  @BeforeEach
  void claim() {
    world.claim();
  }

  private void launch() {
    world.take(world.way().launch());
  }

  private void answer(Kind kind, boolean createsAllTheSame) {
    world.emr.failure = new EmrException(kind, "RunJobFlow: no luck", null);
    world.emr.createsBeforeFailing = createsAllTheSame;
  }

  @Test
  void asksOnceForAClusterOfTheNameInTheIntent() {
    launch();
    assertEquals(1, world.emr.requests.size());
    assertEquals("prod/research/us-equities/0f6d2a6e-1", world.emr.requests.get(0).name());
    assertEquals("j-1", world.status().cluster().id());
    assertTrue(
        world.store.objects.keySet().stream().anyMatch(k -> k.startsWith("s3://artifacts/jobs/")));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN_OUTCOME", "THROTTLED"})
  void adoptsTheClusterOfARequestWithoutAnAnswer(Kind kind) {
    answer(kind, true);
    launch();
    assertNull(world.status().cluster());
    launch();
    assertEquals("j-1", world.status().cluster().id());
    assertEquals(1, world.emr.requests.size());
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN_OUTCOME", "THROTTLED"})
  void asksAgainUnderTheSameNameOnlyWhenNothingCameOfTheFirstRequest(Kind kind) {
    answer(kind, false);
    launch();
    world.pass(Duration.ofSeconds(100));
    launch();
    assertEquals(1, world.emr.requests.size(), "still settling");

    world.pass(SETTLED);
    launch();
    launch();

    assertEquals(2, world.emr.requests.size());
    assertEquals(world.emr.requests.get(0).name(), world.emr.requests.get(1).name());
    assertEquals(1, world.status().attempt().number());
    assertEquals("j-1", world.status().cluster().id());
  }

  @Test
  void sendsAgainAtOnceWhatNeverLeft() {
    answer(Kind.NOT_SENT, false);
    launch();
    launch();
    assertEquals(2, world.emr.requests.size());
    assertEquals("j-1", world.status().cluster().id());
  }

  @Test
  void aRefusalIsTheEndWithEmrsOwnWords() {
    answer(Kind.REFUSED, false);
    launch();
    world.take(world.way().retire());
    assertFalse(world.status().outcome().succeeded());
    assertTrue(world.status().message().contains("no luck"));
    assertEquals(Phase.FAILED, world.status().phase());
  }

  /** Who has mended the role need not touch the spec. */
  @Test
  void aRefusalIsTriedAgainWhenTheUserAsks() {
    answer(Kind.REFUSED, false);
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
    assertTrue(world.status().message().contains("retry-requested-at"), world.status().message());
    world.annotate(Request.RETRY, "now");
    world.reconcile();
    assertEquals(2, world.emr.requests.size());
    assertEquals("j-1", world.status().cluster().id());
  }

  @Test
  void afterARestartTheNewProcessDoesNotSendForTheOldOne() {
    world.restart();
    launch();
    assertEquals(List.of(), world.emr.requests);
    world.emr.create(world.status().attempt().name());
    world.pass(Duration.ofSeconds(10));
    launch();
    assertEquals("j-1", world.status().cluster().id());
    assertEquals(List.of(), world.emr.requests);
  }

  @Test
  void doesNotSendALateRequest() {
    world.pass(Duration.ofSeconds(21));
    launch();
    assertEquals(List.of(), world.emr.requests);
  }

  @Test
  void keepsTheOldestOfTwinsAndEndsTheOther() {
    world.restart();
    world.emr.create(world.status().attempt().name());
    world.pass(Duration.ofSeconds(1));
    world.emr.create(world.status().attempt().name());
    world.emr.create("prod/research/us-equities/another-1");
    launch();
    assertEquals("j-1", world.status().cluster().id());
    assertEquals(List.of("j-2"), world.emr.terminated);
  }

  /** The status could not be written, so the object is seen as it was before. */
  @Test
  void anAnswerThatIsLostOnItsWayIntoStatusIsNotAskedForAgain() {
    world.way().launch().take(world.object);
    assertEquals(1, world.emr.requests.size());
    launch();
    assertEquals(1, world.emr.requests.size());
    assertEquals("j-1", world.status().cluster().id(), "found by its name");
  }

  @Test
  void aRequestThatNobodyWantsAnyMoreIsNotSent() {
    world.edit(Samples.SPEC + "suspend: true\n");
    assertNull(world.reconcile());
    assertEquals(List.of(), world.emr.requests);
    assertEquals(Phase.SUSPENDED, world.status().phase());
  }

  @Test
  void aRequestWithoutATokenWasNotSentAndIsSentLater() {
    world.emr.turn = Duration.ofSeconds(1);
    assertThrows(ApiBudget.Spent.class, this::launch);
    world.emr.turn = Duration.ZERO;
    launch();
    assertEquals(1, world.emr.requests.size());
    assertEquals("j-1", world.status().cluster().id());
  }

  @Test
  void aRequestThatIsSentAgainWaitsForItsTurn() {
    answer(Kind.UNKNOWN_OUTCOME, false);
    launch();
    world.pass(SETTLED);
    world.emr.turn = Duration.ofSeconds(30);
    launch();
    Instant before = world.status().attempt().intendedAt();
    world.emr.turn = Duration.ZERO;
    launch();
    assertTrue(world.status().attempt().intendedAt().isAfter(before));
  }
}
