package dev.emroperator.finance.operator.emr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiBudgetTest {

  /** Burst and calls a second, as AWS publishes them. */
  private record Quota(double burst, double perSecond) {}

  private static final Quota ALL = new Quota(25, 5);
  private static final Map<Operation, Quota> PUBLISHED =
      Map.of(
          Operation.RUN_JOB_FLOW, new Quota(10, 0.5),
          Operation.TERMINATE_JOB_FLOWS, new Quota(10, 0.5),
          Operation.LIST_CLUSTERS, new Quota(20, 0.5),
          Operation.DESCRIBE_CLUSTER, new Quota(10, 1),
          Operation.LIST_STEPS, new Quota(10, 0.5));

  private final ManualClock clock = new ManualClock();

  private ApiBudget budget(double share) {
    return new ApiBudget(share, clock);
  }

  private static boolean takes(Runnable call) {
    try {
      call.run();
      return true;
    } catch (ApiBudget.Spent e) {
      return false;
    }
  }

  private int takeAll(ApiBudget budget, Operation operation) {
    int taken = 0;
    while (takes(() -> budget.take(operation))) {
      taken++;
    }
    return taken;
  }

  /**
   * The rule of the alert EmrApiTokensExhausted, in an hour and a half of callers who come at
   * random.
   */
  @ParameterizedTest
  @CsvSource({"0.01, 4", "0.1, 4", "0.8, 4", "1, 4", "0.01, 20", "0.1, 20", "0.8, 20", "1, 20"})
  void somebodyWaitsAllTheTimeWhereMoreIsAskedThanTheShareAllows(double share, int callers) {
    for (Operation operation : Operation.values()) {
      assertFalse(isAlerted(share, callers, 0.2, operation), "0.2 " + operation);
      assertFalse(isAlerted(share, callers, 0.8, operation), "0.8 " + operation);
      assertTrue(isAlerted(share, callers, 2, operation), "2 " + operation);
    }
  }

  /** Whether three quarters of each quarter of an hour were waited in, for three of them. */
  private static boolean isAlert(List<Duration> waitedEachMinute) {
    int minutes = 0;
    for (int i = 15; i < waitedEachMinute.size(); i++) {
      Duration of15 = waitedEachMinute.get(i).minus(waitedEachMinute.get(i - 15));
      minutes = of15.toSeconds() > 0.75 * 15 * 60 ? minutes + 1 : 0;
      if (minutes >= 45) {
        return true;
      }
    }
    return false;
  }

  /**
   * Callers call at random, and come back when they are told to.
   *
   * @param asked calls for each that the operation may make
   */
  private boolean isAlerted(double share, int callers, double asked, Operation operation) {
    ApiBudget budget = budget(share);
    Random random = new Random(7);
    double seconds = callers / (asked * budget.perSecond(operation));
    PriorityQueue<Instant> due = new PriorityQueue<>();
    for (int i = 0; i < callers; i++) {
      due.add(clock.instant().plusMillis((long) (random.nextDouble() * seconds * 1000)));
    }
    List<Duration> waited = new ArrayList<>();
    Instant minute = clock.instant();
    while (waited.size() < 90) {
      if (due.peek().isAfter(minute)) {
        clock.pass(Duration.between(clock.instant(), minute));
        waited.add(budget.waited(operation));
        minute = minute.plusSeconds(60);
        continue;
      }
      Instant now = due.poll();
      clock.pass(Duration.between(clock.instant(), now));
      try {
        budget.take(operation);
        due.add(now.plusMillis((long) (random.nextDouble() * 2 * seconds * 1000)));
      } catch (ApiBudget.Spent e) {
        due.add(now.plus(e.after()));
      }
    }
    return isAlert(waited);
  }

  @Test
  void whoWaitForATurnAtOnceWaitOnce() {
    ApiBudget budget = budget(0.8);
    for (int i = 0; i < 8; i++) {
      budget.takeTurn("prod/research/" + i);
    }
    assertEquals(Duration.ZERO, budget.waited(Operation.RUN_JOB_FLOW));
    assertEquals(Duration.ofMillis(2500), budget.reserveTurn("prod/research/ninth"));
    assertEquals(Duration.ofMillis(5000), budget.reserveTurn("prod/research/tenth"));
    assertEquals(Duration.ofMillis(5000), budget.waited(Operation.RUN_JOB_FLOW));
    clock.pass(Duration.ofMillis(2500));
    budget.takeTurn("prod/research/ninth");
    assertFalse(takes(() -> budget.takeTurn("prod/research/tenth")));
    assertEquals(Duration.ofMillis(5000), budget.waited(Operation.RUN_JOB_FLOW));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noWindowOfTimeEverHoldsMoreCallsThanEmrAllows(long seed) {
    Random random = new Random(seed);
    double share = 0.05 + 0.95 * random.nextDouble();
    ApiBudget budget = budget(share);
    List<Instant> all = new ArrayList<>();
    Map<Operation, List<Instant>> calls = new EnumMap<>(Operation.class);
    for (int i = 0; i < 3000; i++) {
      Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
      String name = "cluster-" + random.nextInt(30);
      boolean reservesOnly = operation == Operation.RUN_JOB_FLOW && random.nextInt(3) == 0;
      if (reservesOnly) {
        budget.reserveTurn(name);
      } else if (takes(
          () -> {
            if (operation == Operation.RUN_JOB_FLOW) {
              budget.takeTurn(name);
            } else {
              budget.take(operation);
            }
          })) {
        all.add(clock.instant());
        calls.computeIfAbsent(operation, o -> new ArrayList<>()).add(clock.instant());
      }
      // Bursts, and now and then a rest in which every bucket fills up.
      clock.pass(Duration.ofMillis(random.nextInt(50) == 0 ? 40_000 : random.nextInt(300)));
    }
    String run = "seed " + seed + ", share " + share;
    assertEquals(Operation.values().length, calls.size(), run);
    assertWithin(ALL, all, run);
    calls.forEach((operation, times) -> assertWithin(PUBLISHED.get(operation), times, run));
  }

  private static void assertWithin(Quota quota, List<Instant> times, String run) {
    for (int from = 0; from < times.size(); from++) {
      for (int to = from; to < times.size(); to++) {
        double seconds = Duration.between(times.get(from), times.get(to)).toMillis() / 1000.0;
        double allowed = quota.burst() + quota.perSecond() * seconds;
        assertTrue(to - from + 1 <= allowed + 1e-6, run + ": calls " + from + " to " + to);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "0.8, 8", "0.5, 5", "0.01, 1"})
  void aShareOfTheQuotaIsUsedAndNoMore(double share, int calls) {
    assertEquals(calls, takeAll(budget(share), Operation.TERMINATE_JOB_FLOWS));
  }

  @Test
  void tellsWhenATokenIsBackAndThenThereIsOne() {
    ApiBudget budget = budget(0.8);
    takeAll(budget, Operation.LIST_STEPS);
    ApiBudget.Spent spent =
        assertThrows(ApiBudget.Spent.class, () -> budget.take(Operation.LIST_STEPS));
    assertEquals(Duration.ofMillis(2500), spent.after());
    clock.pass(spent.after().minusMillis(1));
    assertFalse(takes(() -> budget.take(Operation.LIST_STEPS)));
    clock.pass(Duration.ofMillis(1));
    assertTrue(takes(() -> budget.take(Operation.LIST_STEPS)));
  }

  @Test
  void theLastTokensAreLeftToWhatMattersMore() {
    ApiBudget budget = budget(0.8);
    takeAll(budget, Operation.DESCRIBE_CLUSTER);
    takeAll(budget, Operation.LIST_STEPS);
    assertEquals(8, budget.left(), "describing leaves 40 % of 20");

    takeAll(budget, Operation.LIST_CLUSTERS);
    assertEquals(4, budget.left(), "sweeping leaves 20 %");

    int created = 0;
    while (takes(() -> budget.takeTurn("a"))) {
      created++;
    }
    assertEquals(2, created);
    assertEquals(2, budget.left(), "creating leaves 10 %");

    assertEquals(2, takeAll(budget, Operation.TERMINATE_JOB_FLOWS), "ending costs takes the last");
  }

  @Test
  void clustersAreAskedForFirstComeFirstServed() {
    ApiBudget budget = budget(0.8);
    for (int i = 1; i <= 8; i++) {
      assertEquals(Duration.ZERO, budget.reserveTurn("cluster-" + i));
    }
    assertEquals(Duration.ofMillis(2500), budget.reserveTurn("ninth"));
    assertEquals(Duration.ofMillis(5000), budget.reserveTurn("tenth"));
    for (int i = 1; i <= 8; i++) {
      budget.takeTurn("cluster-" + i);
    }
    clock.pass(Duration.ofMillis(2500));
    assertFalse(takes(() -> budget.takeTurn("tenth")), "the token is the ninth's");
    assertFalse(takes(() -> budget.takeTurn("stranger")));
    assertTrue(takes(() -> budget.takeTurn("ninth")));
    clock.pass(Duration.ofMillis(2500));
    assertEquals(Duration.ZERO, budget.reserveTurn("tenth"));
  }

  @Test
  void aTurnIsKeptHoweverOftenItIsAskedFor() {
    ApiBudget budget = budget(0.8);
    for (int i = 0; i < 20; i++) {
      assertEquals(Duration.ZERO, budget.reserveTurn("a"));
    }
    assertEquals(Duration.ZERO, budget.reserveTurn("b"));
  }

  @Test
  void aTurnThatNobodyComesForDoesNotHoldUpTheOthersForEver() {
    ApiBudget budget = budget(0.8);
    for (int i = 1; i <= 8; i++) {
      budget.reserveTurn("deleted-" + i);
    }
    assertFalse(budget.reserveTurn("waiting").isZero());
    clock.pass(Duration.ofSeconds(30));
    assertFalse(budget.reserveTurn("waiting").isZero());
    clock.pass(Duration.ofSeconds(31));
    assertEquals(Duration.ZERO, budget.reserveTurn("waiting"));
  }

  @Test
  void aThrottleEmptiesTheBucketOfItsOperationAlone() {
    ApiBudget budget = budget(0.8);
    ApiBudget.Spent spent = budget.throttled(Operation.LIST_CLUSTERS);
    assertEquals(Duration.ofMillis(2500), spent.after());
    assertFalse(takes(() -> budget.take(Operation.LIST_CLUSTERS)));
    assertTrue(takes(() -> budget.take(Operation.DESCRIBE_CLUSTER)));
    clock.pass(spent.after());
    assertTrue(takes(() -> budget.take(Operation.LIST_CLUSTERS)));
  }

  @Test
  void aClockThatGoesBackMakesNoTokens() {
    ApiBudget budget = budget(0.8);
    takeAll(budget, Operation.LIST_STEPS);
    clock.pass(Duration.ofSeconds(-60));
    assertFalse(takes(() -> budget.take(Operation.LIST_STEPS)));
    clock.pass(Duration.ofSeconds(60));
    assertFalse(takes(() -> budget.take(Operation.LIST_STEPS)), "no time has passed");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
  void refusesAShareThatIsNone(double share) {
    assertThrows(IllegalArgumentException.class, () -> budget(share));
  }
}
