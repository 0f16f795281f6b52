package dev.emroperator.finance.job;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Kills the process of an executor twice: when the first part of a shuffle has been written, which
 * is lost with it, and when the first file of a result has been. Says at the end what came of it.
 */
public final class ExecutorKiller extends SparkListener {

  private final Set<Long> killed = new HashSet<>();
  private boolean hasShuffled;
  private boolean hasWritten;
  private int lost;
  private int repeated;
  private int failed;

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (!task.reason().equals(Success$.MODULE$)) {
      failed++;
      return;
    }
    if (task.taskMetrics().shuffleWriteMetrics().bytesWritten() > 0 && !hasShuffled) {
      hasShuffled = true;
      kill();
    } else if (task.taskMetrics().outputMetrics().bytesWritten() > 0 && !hasWritten) {
      hasWritten = true;
      kill();
    }
  }

  /** One that lives: the driver starts no other Java. */
  private void kill() {
    ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().filter(c -> c.endsWith("java")).isPresent())
        .filter(child -> killed.add(child.pid()))
        .findFirst()
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted stage) {
    repeated += stage.stageInfo().attemptNumber() > 0 ? 1 : 0;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
    lost++;
  }

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    System.out.printf(
        "killed %d, lost %d, made again %d: %d stages and %d tasks%n",
        killed.size(), lost, repeated + failed, repeated, failed);
  }
}
