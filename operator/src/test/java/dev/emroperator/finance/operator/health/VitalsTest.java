package dev.emroperator.finance.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VitalsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Vitals working(Duration longestBusy, Duration sinceLastFinished) {
    return new Vitals(
        true,
        false,
        true,
        true,
        Optional.ofNullable(longestBusy),
        sinceLastFinished,
        Optional.empty());
  }

  private static Vitals electing(Duration tried, Duration answered, Duration held) {
    return new Vitals(
        true,
        false,
        true,
        true,
        Optional.empty(),
        HOUR,
        Optional.of(new Vitals.Lease(Duration.ofSeconds(15), tried, answered, held)));
  }

  private static void assertAlive(Vitals vitals) {
    assertEquals(Optional.empty(), vitals.trouble());
  }

  private static void assertDead(String why, Vitals vitals) {
    String trouble = vitals.trouble().orElse("alive");
    assertTrue(trouble.contains(why), trouble);
  }

  @Test
  void anIdleProcessLivesHoweverLongNothingFinished() {
    assertAlive(working(null, HOUR));
  }

  @Test
  void oneLongReconciliationAmongOthersThatFinishIsNoTrouble() {
    assertAlive(working(HOUR, MINUTE));
  }

  @Test
  void oneThatBeganAfterALongIdleTimeIsNoTrouble() {
    assertAlive(working(MINUTE, HOUR));
  }

  @Test
  void threadsThatHangWhileNothingFinishesAre() {
    assertDead("no reconciliation finished for 16 min", working(HOUR, MINUTE.multipliedBy(16)));
  }

  @Test
  void aStandbyThatSeesALeaderLives() {
    assertAlive(electing(SECOND, SECOND, SECOND));
  }

  @Test
  void anElectionThatStandsStillIsTrouble() {
    assertDead(
        "the election stands still since 61 s", electing(SECOND.multipliedBy(61), SECOND, SECOND));
  }

  @Test
  void anApiServerThatDoesNotAnswerIsNoReasonToRestart() {
    assertAlive(electing(SECOND, HOUR, HOUR));
  }

  @Test
  void aLeaseThatNobodyTakesThoughTheApiServerAnswersIs() {
    assertDead("nobody leads since 61 s", electing(SECOND, SECOND, SECOND.multipliedBy(61)));
  }

  @Test
  void aStoppedInformerIsTrouble() {
    assertDead(
        "informer",
        new Vitals(true, false, false, true, Optional.empty(), SECOND, Optional.empty()));
  }

  @Test
  void itIsReadyOnceAllObjectsAreSeenAndNoLongerWhenItEnds() {
    assertTrue(working(null, SECOND).notReady().isEmpty());
    assertFalse(
        new Vitals(true, false, true, false, Optional.empty(), SECOND, Optional.empty())
            .notReady()
            .isEmpty());
    assertFalse(
        new Vitals(false, false, false, false, Optional.empty(), SECOND, Optional.empty())
            .notReady()
            .isEmpty());
    assertEquals(
        Optional.of("ending"),
        new Vitals(true, true, true, true, Optional.empty(), SECOND, Optional.empty()).notReady());
  }

  @Test
  void aStartThatTakesLongIsNotRestarted() {
    assertAlive(new Vitals(false, false, false, false, Optional.empty(), HOUR, Optional.empty()));
  }
}
