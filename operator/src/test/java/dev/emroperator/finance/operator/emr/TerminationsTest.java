package dev.emroperator.finance.operator.emr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TerminationsTest {

  private final BlockingQueue<List<String>> sent = new LinkedBlockingQueue<>();
  private final CountDownLatch answered = new CountDownLatch(1);

  private List<String> nextSent() throws InterruptedException {
    return sent.poll(5, TimeUnit.SECONDS);
  }

  @Test
  void whatIsAskedForWithinAMomentGoesTogether() throws InterruptedException {
    try (Terminations terminations = new Terminations(sent::add, Clock.systemUTC())) {
      terminations.ask(List.of("j-1"));
      terminations.ask(List.of("j-2"));
      assertEquals(List.of("j-1", "j-2"), nextSent());
    }
  }

  @Test
  void goesOnAfterAnException() throws InterruptedException {
    try (Terminations terminations =
        new Terminations(
            batch -> {
              sent.add(batch);
              throw new IllegalStateException("boom");
            },
            Clock.systemUTC())) {
      terminations.ask(List.of("j-1"));
      assertEquals(List.of("j-1"), nextSent());
      terminations.ask(List.of("j-2"));
      assertEquals(List.of("j-2"), nextSent());
    }
  }

  @Test
  void closesAtOnceEvenIfMoreIsWaiting() throws InterruptedException {
    Terminations terminations =
        new Terminations(
            batch -> {
              sent.add(batch);
              throw new ApiBudget.Spent(Operation.TERMINATE_JOB_FLOWS, Duration.ofHours(1));
            },
            Clock.systemUTC());
    terminations.ask(List.of("j-1"));
    assertEquals(List.of("j-1"), nextSent());
    assertTimeout(Duration.ofSeconds(5), terminations::close);
    terminations.ask(List.of("j-2"));
  }

  @Test
  void theRequestInFlightEndsBeforeItCloses() throws InterruptedException {
    Terminations terminations =
        new Terminations(
            batch -> {
              sent.add(batch);
              await();
              sent.add(List.of("answered"));
            },
            Clock.systemUTC());
    terminations.ask(List.of("j-1"));
    nextSent();
    Thread closing = new Thread(terminations::close);
    closing.start();
    assertTrue(sent.isEmpty());
    answered.countDown();
    closing.join(5000);
    assertEquals(List.of("answered"), sent.poll());
  }

  private void await() {
    try {
      answered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
