package dev.emroperator.finance.bench.operator;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** Objects that come one by one, until this is closed. */
final class Arrivals implements AutoCloseable {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final FutureTask<Void> coming;
  private volatile int came;

  /**
   * Begins at once, with a pause.
   *
   * @param pauses milliseconds until the next one comes
   * @param create makes one, by its number from 0
   */
  Arrivals(LongSupplier pauses, IntConsumer create) {
    coming =
        new FutureTask<>(
            () -> {
              for (int next = 0; !pause(pauses); next++) {
                create.accept(next);
                came = next + 1;
              }
              return null;
            });
    Thread thread = new Thread(coming, "arrivals");
    thread.setDaemon(true);
    thread.start();
  }

  /** True when it is over. */
  private boolean pause(LongSupplier pauses) throws InterruptedException {
    return closed.await(pauses.getAsLong(), TimeUnit.MILLISECONDS);
  }

  /**
   * Pauses as of many users who know nothing of each other.
   *
   * @param perSecond on average
   */
  static LongSupplier atRandom(Random random, double perSecond) {
    return () -> (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1000);
  }

  /**
   * Pauses as of one in each slot of time, at any moment of it.
   *
   * @param slot milliseconds
   */
  static LongSupplier inSlots(Random random, long slot) {
    double[] last = {1};
    return () -> {
      double moment = random.nextDouble();
      double slots = 1 - last[0] + moment;
      last[0] = moment;
      return (long) (slots * slot);
    };
  }

  /** How many have come. */
  int came() {
    return came;
  }

  /**
   * No more come.
   *
   * @throws IllegalStateException when one could not be made, and so no other came after it
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      coming.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("no more objects came after " + came, e.getCause());
    }
  }
}
