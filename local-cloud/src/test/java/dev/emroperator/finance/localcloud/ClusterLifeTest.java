package dev.emroperator.finance.localcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be computed of clusters from outside. */
class ClusterLifeTest {

  private static ClusterLife life(String attempt, long created, Long asked, Long ended) {
    return life(attempt, created, asked, asked == null ? ended : asked, ended);
  }

  private static ClusterLife life(
      String attempt, long created, Long asked, Long terminating, Long ended) {
    return life(attempt, created, asked, terminating, null, ended);
  }

  private static ClusterLife life(
      String attempt, long created, Long asked, Long terminating, Long stepEnded, Long ended) {
    String name = "prod/research/prices/" + attempt;
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
        terminating,
        stepEnded,
        ended,
        List.of());
  }

  @Test
  void theUidStandsInTheName() {
    assertEquals("0f6d2a6e", life("0f6d2a6e-12", 0, null, null).uid());
  }

  @Test
  void clustersOfOneObjectThatLiveTogetherAreCounted() {
    List<ClusterLife> lives =
        List.of(
            life("aaaaaaaa-1", 1000, null, null),
            life("aaaaaaaa-1", 2000, null, null),
            life("bbbbbbbb-1", 1500, null, null));
    assertEquals(Map.of("aaaaaaaa", 2, "bbbbbbbb", 1), ClusterLife.mostAtOnce(lives));
  }

  @Test
  void oneThatWasAskedToEndIsNoLongerCounted() {
    List<ClusterLife> lives =
        List.of(life("aaaaaaaa-1", 1000, 2000L, 9000L), life("aaaaaaaa-2", 2000, null, null));
    assertEquals(Map.of("aaaaaaaa", 1), ClusterLife.mostAtOnce(lives));
  }

  @Test
  void oneThatEndsByItselfIsNoLongerCounted() {
    List<ClusterLife> lives =
        List.of(life("aaaaaaaa-1", 1000, null, 1800L, 9000L), life("aaaaaaaa-2", 2000, null, null));
    assertEquals(Map.of("aaaaaaaa", 1), ClusterLife.mostAtOnce(lives));
  }

  @Test
  void itIsPaidForUntilItIsGone() {
    assertEquals(Duration.ofSeconds(8), life("a-1", 1000, 2000L, 9000L).paid(20_000));
    assertEquals(Duration.ofSeconds(19), life("a-1", 1000, null, null).paid(20_000));
  }

  @Test
  void aClusterIsIdleFromTheEndOfItsStepsUntilSomethingEndsIt() {
    assertEquals(
        Duration.ofMillis(700),
        life("aaaaaaaa-1", 1000, null, 2700L, 2000L, 9000L).idle(10_000),
        "it ends itself");
    assertEquals(
        Duration.ofMillis(8000),
        life("aaaaaaaa-1", 1000, null, null, 2000L, null).idle(10_000),
        "nothing ends it");
    assertEquals(
        Duration.ZERO,
        life("aaaaaaaa-1", 1000, 1500L, 1500L, 1600L, 9000L).idle(10_000),
        "its step was cancelled by its end");
    assertEquals(
        Duration.ZERO,
        life("aaaaaaaa-1", 1000, null, null, null, null).idle(10_000),
        "its step runs");
  }
}
