package dev.emroperator.finance.bench.operator;

import java.util.Random;

/** Objects that come one by one at random, as of many users who know nothing of each other. */
final class Arrivals implements AutoCloseable {

  private final Thread thread;

  /**
   * Begins at once.
   *
   * @param perSecond on average
   */
  Arrivals(Stage stage, Random random, double perSecond) {
    thread = new Thread(() -> run(stage, random, perSecond), "arrivals");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Stage stage, Random random, double perSecond) {
    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
      Intake.create(stage, "new-" + i, 0, 1);
      try {
        Thread.sleep(pause(random, perSecond));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Milliseconds until the next one comes. */
  static long pause(Random random, double perSecond) {
    return (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1000);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
