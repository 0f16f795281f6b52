package dev.emroperator.finance.bench.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  @Test
  void whatCouldNotBeMadeIsToldAtTheEnd() throws InterruptedException {
    RuntimeException refused = new IllegalArgumentException("refused");
    CountDownLatch third = new CountDownLatch(1);
    Arrivals arrivals =
        new Arrivals(
            () -> 0,
            number -> {
              if (number == 2) {
                third.countDown();
                throw refused;
              }
            });
    third.await();
    assertEquals(refused, assertThrows(IllegalStateException.class, arrivals::close).getCause());
    assertEquals(2, arrivals.came());
  }

  @Test
  void oneComesInEachSlot() {
    LongSupplier pauses = Arrivals.inSlots(new Random(3), 5000);
    double at = 0;
    for (int slot = 0; slot < 1000; slot++) {
      at += pauses.getAsLong();
      assertEquals(5000.0 * slot + 2500, at, 2500 + slot, "arrival " + slot);
    }
  }

  @Test
  void thoseAtRandomComeAsOftenAsWanted() {
    LongSupplier pauses = Arrivals.atRandom(new Random(3), 0.25);
    double all = 0;
    for (int i = 0; i < 10_000; i++) {
      all += pauses.getAsLong();
    }
    assertEquals(4000, all / 10_000, 100);
  }
}
