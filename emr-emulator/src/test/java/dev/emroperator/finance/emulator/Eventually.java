package dev.emroperator.finance.emulator;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread or process does, and no longer than it takes. */
final class Eventually {

  private static final long DEADLINE_NANOS = 20_000_000_000L;

  private Eventually() {}

  static void isTrue(BooleanSupplier condition, Supplier<String> otherwise) {
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(otherwise.get());
      }
      Thread.onSpinWait();
    }
  }
}
