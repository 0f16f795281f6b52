package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final List<String> events = new CopyOnWriteArrayList<>();

  private Deadline deadline(Clock clock, Callable<String> moved, Deadline.Report report) {
    return new Deadline(clock, moved, report, () -> events.add("halt"), Duration.ofMillis(1));
  }

  private Deadline patient(Clock clock, Callable<String> moved) {
    return new Deadline(
        clock,
        moved,
        failure -> events.add(failure.kind() + " " + failure.getMessage()),
        () -> events.add("halt"),
        Duration.ofMinutes(1));
  }

  @Test
  void whenItHasPassedTheDriverSaysSoAndEnds() throws InterruptedException {
    patient(Clock.fixed(NOON, ZoneOffset.UTC), () -> "").watch(NOON).join();
    assertEquals(List.of("DeadlineExceeded not done by 2026-03-02T12:00:00Z", "halt"), events);
  }

  @Test
  void aDeadlineThatWasMovedIsKeptWhenTheFirstHasPassed() throws InterruptedException {
    Instant first = Instant.now().plusMillis(1);
    Instant second = first.plusMillis(5);
    patient(Clock.systemUTC(), second::toString).watch(first).join();
    assertEquals(List.of("DeadlineExceeded not done by " + second, "halt"), events);
    assertTrue(!Instant.now().isBefore(second));
  }

  @Test
  void aPlanThatCanNotBeReadLeavesTheDeadlineAsItWas() throws InterruptedException {
    for (Callable<String> moved :
        List.<Callable<String>>of(
            () -> "tomorrow",
            () -> null,
            () -> {
              throw new IOException("no plan");
            })) {
      events.clear();
      Instant first = Instant.now().plusMillis(1);
      patient(Clock.systemUTC(), moved).watch(first).join();
      assertEquals(List.of("DeadlineExceeded not done by " + first, "halt"), events);
    }
  }

  @Test
  void aStoreThatHangsOrRefusesDoesNotKeepTheDriverAlive() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    deadline(
            Clock.systemUTC(),
            () -> {
              never.await();
              return "";
            },
            failure -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })
        .watch(Instant.now().plusMillis(1))
        .join();
    assertEquals(List.of("halt"), events);
    events.clear();
    deadline(
            Clock.fixed(NOON, ZoneOffset.UTC),
            () -> "",
            failure -> {
              throw new IOException("denied");
            })
        .watch(NOON)
        .join();
    assertEquals(List.of("halt"), events);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "tomorrow", "2026-03-02", "2026-03-02T16:00:00"})
  void whatIsNoInstantIsRefusedBeforeAnythingBegins(String text) {
    JobFailure refused = assertThrows(JobFailure.class, () -> Deadline.parse(text));
    assertTrue(refused.getMessage().contains("deadline"), refused.getMessage());
  }

  @Test
  void anInstantIsRead() {
    assertEquals(NOON, Deadline.parse("2026-03-02T12:00:00Z"));
  }
}
