package dev.emroperator.finance.job;

import java.util.Arrays;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Says when the first task of an application begins; and when its process is told to end, lets the
 * main thread come to its own end before, for which there is time where Spark stops more slowly.
 */
public final class SlowEnd extends SparkListener {

  static final String TOLD = "the first task begins";

  private final Thread main = Thread.currentThread();
  private boolean hasBegun;

  public SlowEnd() {
    ShutdownHookManager.get().addShutdownHook(this::await, 0);
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (!hasBegun) {
      System.out.println(TOLD);
      hasBegun = true;
    }
  }

  private void await() {
    try {
      while (main.isAlive() && !isExiting()) {
        main.join(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isExiting() {
    return Arrays.stream(main.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }
}
