package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.e2e.faults.SoakInvariants.Broken;
import dev.emroperator.finance.e2e.faults.SoakRecord.Down;
import dev.emroperator.finance.e2e.faults.SoakRecord.Rest;
import dev.emroperator.finance.localcloud.ClusterLife;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each promise can be seen to be broken. */
class SoakInvariantsTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  static ClusterLife life(String attempt, long created, Long asked, Long ended) {
    String name = "lane-1/lane-1/s1/" + attempt;
    return new ClusterLife(
        "j-1",
        name,
        "us-east-1",
        Map.of(),
        "",
        null,
        null,
        created,
        asked,
        asked,
        null,
        ended,
        List.of());
  }

  @Test
  void twoClustersOfAnObjectThatNobodyEndsAreOneTooMany() {
    List<ClusterLife> lives = List.of(life("a-1", 0, null, null), life("a-2", 500, null, null));
    assertEquals(
        List.of(new Broken("a", "2 clusters were wanted at once")), SoakInvariants.atOnce(lives));
  }

  @Test
  void anAttemptMayFollowOneThatWasAskedToEnd() {
    List<ClusterLife> lives = List.of(life("a-1", 0, 400L, 900L), life("a-2", 500, null, null));
    assertEquals(List.of(), SoakInvariants.atOnce(lives));
    assertEquals(List.of(), SoakInvariants.byAttempt(lives));
  }

  @Test
  void twoClustersOfAnAttemptAreOneTooManyEvenOneAfterTheOther() {
    List<ClusterLife> lives = List.of(life("a-1", 0, 400L, 900L), life("a-1", 5000, null, null));
    assertEquals(List.of(), SoakInvariants.atOnce(lives));
    assertEquals(
        List.of(new Broken("a", "2 clusters of attempt a-1")), SoakInvariants.byAttempt(lives));
  }

  @Test
  void aClusterThatLivesOnInARestIsSeenWhenTheBoundIsOver() {
    List<ClusterLife> lives = List.of(life("a-1", 0, null, null));
    List<Rest> rests = List.of(new Rest("a", 1000, Long.MAX_VALUE, "DELETE"));
    assertEquals(List.of(), SoakInvariants.resting(lives, rests, BOUND, List.of(), 31_000));
    assertEquals(
        List.of(new Broken("a", "j-1 is wanted 31000 ms after DELETE")),
        SoakInvariants.resting(lives, rests, BOUND, List.of(), 32_000));
  }

  @Test
  void theTimeWithoutAnOperatorDoesNotCount() {
    List<ClusterLife> lives = List.of(life("a-1", 0, null, null));
    List<Rest> rests = List.of(new Rest("a", 1000, Long.MAX_VALUE, "DELETE"));
    List<Down> downs = List.of(new Down(0, 3000), new Down(10_000, 15_000));
    assertEquals(List.of(), SoakInvariants.resting(lives, rests, BOUND, downs, 38_000));
    assertEquals(1, SoakInvariants.resting(lives, rests, BOUND, downs, 38_001).size());
  }

  @Test
  void aClusterThatIsMadeInARestIsSeen() {
    List<ClusterLife> lives = List.of(life("a-2", 50_000, 50_100L, null));
    List<Rest> rests = List.of(new Rest("a", 1000, 90_000, "SUSPEND"));
    assertEquals(1, SoakInvariants.resting(lives, rests, BOUND, List.of(), 60_000).size());
  }

  @Test
  void aClusterMayLiveAfterTheRestAndInThatOfAnother() {
    List<ClusterLife> lives = List.of(life("a-2", 50_000, null, null));
    List<Rest> rests =
        List.of(new Rest("a", 1000, 50_000, "SUSPEND"), new Rest("b", 0, 90_000, "SUSPEND"));
    assertEquals(List.of(), SoakInvariants.resting(lives, rests, BOUND, List.of(), 60_000));
  }

  @Test
  void onlyWhatHasNoExcuseIsPaidInVain() {
    List<ClusterLife> lives = List.of(life("a-1", 0, 400L, 900L), life("a-2", 1000, null, null));
    assertEquals(Duration.ofMillis(3900), SoakInvariants.inVain(lives, life -> false, 4000));
    assertEquals(
        Duration.ofMillis(900),
        SoakInvariants.inVain(lives, life -> life.attempt().equals("a-2"), 4000));
  }

  @Test
  void whatIsPaidInVainIsHeldAgainstTheFaultsThatCanCostSomething() {
    assertEquals(List.of(), SoakInvariants.tooMuch(Duration.ZERO, 0));
    assertEquals(List.of(), SoakInvariants.tooMuch(Duration.ofSeconds(6), 4));
    assertEquals(
        List.of(
            new Broken(
                "",
                "6.1 s were paid in vain, more than 6.0 s for 4 faults that can cost something")),
        SoakInvariants.tooMuch(Duration.ofMillis(6100), 4));
  }

  @Test
  void aThirdOfTheObjectsThatBehaveMayBeLate() {
    assertEquals(List.of(), SoakInvariants.tooLate(1, 1));
    assertEquals(List.of(), SoakInvariants.tooLate(6, 2));
    assertEquals(
        List.of(new Broken("", "2 of 5 objects that behave failed by their deadline")),
        SoakInvariants.tooLate(5, 2));
  }
}
