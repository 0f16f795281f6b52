package dev.emroperator.finance.operator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ShutdownTest {

  private final List<Integer> exits = new CopyOnWriteArrayList<>();

  @Test
  void theLeaseGoesOnlyAfterWhatIsInFlightHasFinished() throws InterruptedException {
    List<String> order = new CopyOnWriteArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    ReconcileThreads threads = new ReconcileThreads(1, Clock.systemUTC());
    Shutdown shutdown = new Shutdown(threads, () -> order.add("released"), exits::add);
    threads.open();
    threads.execute(
        () -> {
          begun.countDown();
          while (!shutdown.hasBegun()) {
            Thread.onSpinWait();
          }
          order.add("finished");
        });
    begun.await();
    shutdown.finish();
    assertEquals(List.of("finished", "released"), order);
    assertTrue(threads.isTerminated());
  }

  @Test
  void aFailureEndsTheProgramWithExitCode1ButNotWhileItEndsAnyway() {
    Shutdown shutdown =
        new Shutdown(new ReconcileThreads(1, Clock.systemUTC()), () -> {}, exits::add);
    shutdown.fail("an informer has stopped");
    assertEquals(List.of(1), exits);
    shutdown.finish();
    shutdown.fail("an informer has stopped");
    // It would end this very JVM.
    shutdown.lostLead();
    assertEquals(List.of(1), exits);
  }
}
