package dev.emroperator.finance.operator.emr;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends what is to be terminated, after a moment in which more may come, and as tokens allow; on a
 * thread of its own, so that nobody waits for it.
 */
final class Terminations implements AutoCloseable {

  private static final Duration LINGER = Duration.ofMillis(200);
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(12);

  private final TerminationQueue queue;
  private final ScheduledThreadPoolExecutor thread;
  private boolean planned;

  /**
   * Rests until it is asked.
   *
   * @param send one TerminateJobFlows
   */
  Terminations(Consumer<List<String>> send, Clock clock) {
    queue = new TerminationQueue(send, clock);
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread daemon = new Thread(work, "terminations");
              daemon.setDaemon(true);
              return daemon;
            });
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    // Whoever asks while it closes asks again in the next process.
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * Has clusters terminated soon.
   *
   * @throws EmrException the last failure of one of them; it is tried again
   */
  void ask(Collection<String> ids) {
    try {
      queue.ask(ids);
    } finally {
      plan(LINGER);
    }
  }

  private synchronized void plan(Duration after) {
    if (!planned) {
      planned = true;
      thread.schedule(this::send, after.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void send() {
    synchronized (this) {
      planned = false;
    }
    Duration rest = queue.sendNext();
    if (!queue.isEmpty()) {
      plan(rest);
    }
  }

  /** Waits for the request in flight; what is left is asked for again by the next process. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(CLOSES_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
