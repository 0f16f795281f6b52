package dev.emroperator.finance.operator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.ManualClock;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcileThreadsTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final ReconcileThreads threads = new ReconcileThreads(1, clock);
  private final List<String> done = new CopyOnWriteArrayList<>();

  /** Something in flight: it has begun, and ends when told. */
  private final CountDownLatch begun = new CountDownLatch(1);

  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void end() {
    mayEnd.countDown();
    threads.shutdownNow();
  }

  private void beginInFlight() throws InterruptedException {
    threads.open();
    threads.execute(
        () -> {
          begun.countDown();
          await(mayEnd);
          done.add("in flight");
        });
    assertTrue(begun.await(10, TimeUnit.SECONDS));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void itIsOpenFromItsOpeningToItsEnd() {
    assertFalse(threads.isOpen());
    threads.open();
    assertTrue(threads.isOpen());
    threads.finish(Duration.ZERO);
    assertFalse(threads.isOpen());
  }

  @Test
  void nothingRunsBeforeThisProcessMayWork() throws InterruptedException {
    threads.execute(() -> done.add("early"));
    assertEquals(0, threads.getActiveCount() + threads.getQueue().size());
    // The one thread takes it up first.
    beginInFlight();
    assertEquals(List.of("early"), done);
  }

  @Test
  void whatIsHeldNeverRunsWhenTheProcessEndsWithoutHavingLed() {
    threads.execute(() -> done.add("held"));
    assertTrue(threads.finish(LONG));
    threads.open();
    assertEquals(List.of(), done);
  }

  @Test
  void atTheEndWhatIsInFlightFinishesAndNothingElseStarts() throws InterruptedException {
    beginInFlight();
    threads.execute(() -> done.add("queued"));
    assertFalse(threads.finish(Duration.ofMillis(1)), "it still runs");
    threads.execute(() -> done.add("too late"));
    mayEnd.countDown();
    assertTrue(threads.finish(LONG));
    assertEquals(List.of("in flight"), done);
  }

  @Test
  void itKnowsForHowLongTheLongestRunsAndWhenTheLastFinished() throws InterruptedException {
    assertEquals(Optional.empty(), threads.longestBusy());
    beginInFlight();
    clock.pass(Duration.ofMinutes(3));
    assertEquals(Optional.of(Duration.ofMinutes(3)), threads.longestBusy());
    assertEquals(Duration.ofMinutes(3), threads.sinceLastFinished());
    mayEnd.countDown();
    assertTrue(threads.finish(LONG));
    assertEquals(Optional.empty(), threads.longestBusy());
    assertEquals(Duration.ZERO, threads.sinceLastFinished());
  }

  /** As the framework's own, which tells its object in no other way. */
  private record Work(String namespace, String name, Runnable does) implements Runnable {
    @Override
    public void run() {
      does.run();
    }

    @Override
    public String toString() {
      return "financialanalysisreconciler -> " + new ResourceID(name, namespace);
    }
  }

  @Test
  void namespacesTakeTurnsAndEachIsServedInTheOrderOfComing() throws InterruptedException {
    beginInFlight();
    for (String name : List.of("c1", "c2", "c3", "c4")) {
      threads.execute(new Work("crowd", name, () -> done.add(name)));
    }
    CountDownLatch all = new CountDownLatch(1);
    threads.execute(new Work("crowd", "last", all::countDown));
    for (String name : List.of("s1", "s2")) {
      threads.execute(new Work("single", name, () -> done.add(name)));
    }
    mayEnd.countDown();
    await(all);
    assertEquals(List.of("in flight", "c1", "s1", "c2", "s2", "c3", "c4"), done);
  }
}
