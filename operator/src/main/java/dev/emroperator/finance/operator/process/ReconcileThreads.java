package dev.emroperator.finance.operator.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that reconcile. Nothing runs on them before this process may work: what comes earlier
 * is held, one reconciliation for each object, and starts from the object as it is then. Then
 * namespaces take turns. At the end nothing new starts, and what is in flight finishes.
 */
public final class ReconcileThreads extends ThreadPoolExecutor {

  private enum Gate {
    HOLDING,
    OPEN,
    FINISHING
  }

  private final Clock clock;
  private final List<Runnable> held = new ArrayList<>();
  private final NamespaceTurns waiting = new NamespaceTurns();
  private final Map<Thread, Instant> busySince = new ConcurrentHashMap<>();
  private volatile Instant finishedLast;
  private Gate gate = Gate.HOLDING;

  public ReconcileThreads(int threads, Clock clock) {
    super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    this.clock = clock;
    this.finishedLast = clock.instant();
    AtomicInteger number = new AtomicInteger();
    setThreadFactory(work -> new Thread(work, "reconcile-" + number.incrementAndGet()));
  }

  @Override
  public void execute(Runnable work) {
    synchronized (held) {
      switch (gate) {
        case HOLDING -> held.add(work);
        case OPEN -> begin(work);
        // Whoever leads next sees the object anyway.
        case FINISHING -> {}
      }
    }
  }

  /** A thread for as much as waits, and each takes whatever is next then. */
  private void begin(Runnable work) {
    waiting.add(work);
    super.execute(() -> waiting.next().ifPresent(Runnable::run));
  }

  /** Lets what is held run, and all that comes. */
  public void open() {
    synchronized (held) {
      if (gate == Gate.HOLDING) {
        gate = Gate.OPEN;
        held.forEach(this::begin);
        held.clear();
      }
    }
  }

  /** True from {@link #open} to {@link #finish}: while this process is the one that works. */
  public boolean isOpen() {
    synchronized (held) {
      return gate == Gate.OPEN;
    }
  }

  /**
   * Starts nothing more, and waits for what runs.
   *
   * @return false when something still runs after the time
   */
  public boolean finish(Duration within) {
    synchronized (held) {
      gate = Gate.FINISHING;
      held.clear();
      waiting.clear();
      getQueue().clear();
    }
    shutdown();
    try {
      return awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** For how long the longest reconciliation has been running; empty when none runs. */
  public Optional<Duration> longestBusy() {
    Instant now = clock.instant();
    return busySince.values().stream()
        .map(since -> Duration.between(since, now))
        .max(Comparator.naturalOrder());
  }

  /** Since the last reconciliation finished, or since the start. */
  public Duration sinceLastFinished() {
    return Duration.between(finishedLast, clock.instant());
  }

  @Override
  protected void beforeExecute(Thread thread, Runnable work) {
    busySince.put(thread, clock.instant());
  }

  @Override
  protected void afterExecute(Runnable work, Throwable thrown) {
    busySince.remove(Thread.currentThread());
    finishedLast = clock.instant();
  }
}
