package dev.emroperator.finance.emulator.model;

import java.time.Duration;

/** Does something later; tests do it when they like. */
@FunctionalInterface
public interface Scheduler {
  void after(Duration delay, Runnable work);
}
