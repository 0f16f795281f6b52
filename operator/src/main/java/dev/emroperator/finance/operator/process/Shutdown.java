package dev.emroperator.finance.operator.process;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the program ends. After SIGTERM nothing new starts, what is in flight finishes with its
 * status, and only then the lease goes to another process.
 */
public final class Shutdown {

  /** Longer than the longest call to AWS, shorter than the grace of the pod. */
  private static final Duration FINISH_IN_FLIGHT = Duration.ofSeconds(100);

  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

  private final ReconcileThreads threads;
  private final Runnable release;
  private final IntConsumer exit;
  private volatile boolean begun;
  private volatile int exitCode;

  /**
   * Plans the end.
   *
   * @param release gives the lease away
   * @param exit ends the JVM in order
   */
  public Shutdown(ReconcileThreads threads, Runnable release, IntConsumer exit) {
    this.threads = threads;
    this.release = release;
    this.exit = exit;
  }

  /** Makes SIGTERM and SIGINT end the program in order. */
  public void install() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    finish();
                  } catch (RuntimeException e) {
                    LOG.error("Can't end in order", e);
                    exitCode = 1;
                  }
                  // The JVM would tell the signal as exit code 143, though all went well.
                  Runtime.getRuntime().halt(exitCode);
                },
                "shutdown"));
  }

  /** True once it has begun to end. */
  public boolean hasBegun() {
    return begun;
  }

  void finish() {
    begun = true;
    LOG.info("Ending: nothing new starts, what is in flight finishes");
    if (!threads.finish(FINISH_IN_FLIGHT)) {
      LOG.warn("Some reconciliations did not finish within {}", FINISH_IN_FLIGHT);
    }
    release.run();
    LOG.info("Ended");
  }

  /** Ends in order, because the program can't go on; the kubelet starts it anew. */
  public void fail(String reason) {
    if (!begun) {
      LOG.error("{}; ending, to be started anew", reason);
      exitCode = 1;
      exit.accept(1);
    }
  }

  /**
   * Ends at once: another process may lead by now, and it looks after what was in flight. To wait
   * here would mean two that act.
   */
  public void lostLead() {
    if (!begun) {
      LOG.error("Lost the lease: the API server did not take a renewal in time; ending at once");
      Runtime.getRuntime().halt(1);
    }
  }
}
