package dev.emroperator.finance.job;

import dev.emroperator.finance.job.kind.Internals;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;

/**
 * Results by Spark's public interface alone. A vendor's Spark may have the classes and methods that
 * {@link Internals} looks for, and still be of another shape; that shows only when they run.
 */
final class PlainWay {

  /** A task that was told to end looks at it with its next row; to commit takes S3 a moment. */
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(30);

  private static final Duration PERIOD = Duration.ofMillis(100);

  private final SparkSession spark;

  PlainWay(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Takes the plain way from here on, if it is not taken yet and what an analysis failed of may be
   * due to the other one: then the analysis is to be made again.
   */
  boolean isTakenFor(String analysis, Throwable failure) {
    Optional<String> error = Failures.linkageError(failure);
    if (error.isEmpty()
        || !Internals.areWanted(spark)
        || ShutdownHookManager.get().isShutdownInProgress()) {
      return false;
    }
    Internals.turnOff(spark);
    boolean isAgain = haveTasksEnded();
    System.err.printf(
        "Analysis %s met %s; from here on %s is false, %s%n",
        analysis,
        error.get(),
        Internals.SETTING,
        isAgain ? "and it is made again" : "but tasks of it still run, so it is not made again");
    return isAgain;
  }

  /** Until then one may still write into the folder that is written anew. */
  private boolean haveTasksEnded() {
    long end = System.nanoTime() + ENDED_WITHIN.toNanos();
    boolean isBusy = true;
    try {
      while (isBusy && System.nanoTime() < end) {
        // First, since Spark counts a little late.
        Thread.sleep(PERIOD.toMillis());
        isBusy =
            Arrays.stream(spark.sparkContext().statusTracker().getExecutorInfos())
                .anyMatch(executor -> executor.numRunningTasks() > 0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !isBusy;
  }
}
