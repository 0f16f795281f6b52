package dev.emroperator.finance.operator.emr;

import dev.emroperator.finance.operator.Latest;
import dev.emroperator.finance.operator.emr.EmrException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clusters to be terminated, of all objects, ten in a request. When EMR refuses a batch, each of it
 * is sent alone, so that one bad id does not hold back nine. What EMR has accepted is not asked for
 * again before every list has had time to show it.
 */
final class TerminationQueue {

  private static final Logger LOG = LoggerFactory.getLogger(TerminationQueue.class);
  private static final int BATCH = 10;
  private static final int KEPT = 1000;

  /** A sweep shows it by then, also in an account that is full. */
  private static final Duration REPEATED_AFTER = Duration.ofSeconds(90);

  private final Consumer<List<String>> send;
  private final Clock clock;
  private final Set<String> waiting = new LinkedHashSet<>();

  /** Of a refused batch. */
  private final Deque<String> alone = new ArrayDeque<>();

  private final Map<String, EmrException> failures = Latest.entries(KEPT);
  private final Map<String, Instant> accepted = Latest.entries(KEPT);

  /**
   * An empty queue.
   *
   * @param send one TerminateJobFlows
   */
  TerminationQueue(Consumer<List<String>> send, Clock clock) {
    this.send = send;
    this.clock = clock;
  }

  /**
   * Puts ids in the queue, each once, and none that EMR has just accepted.
   *
   * @throws EmrException the last failure of one of them, told once
   */
  synchronized void ask(Collection<String> ids) {
    Instant now = clock.instant();
    ids.stream()
        .filter(id -> !alone.contains(id))
        .filter(id -> !accepted.getOrDefault(id, Instant.MIN).isAfter(now.minus(REPEATED_AFTER)))
        .forEach(waiting::add);
    Optional<EmrException> failure =
        ids.stream().map(failures::remove).filter(Objects::nonNull).findFirst();
    if (failure.isPresent()) {
      EmrException e = failure.get();
      throw new EmrException(e.kind(), e.getMessage(), e);
    }
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty() && alone.isEmpty();
  }

  /**
   * Sends one request, if there is anything to send.
   *
   * @return how long to rest before the next one
   */
  Duration sendNext() {
    List<String> batch = nextBatch();
    if (batch.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      send.accept(batch);
      done(batch, Optional.empty());
    } catch (ApiBudget.Spent e) {
      putBack(batch);
      return e.after();
    } catch (EmrException e) {
      failed(batch, e);
    } catch (RuntimeException e) {
      failed(batch, new EmrException(Kind.UNKNOWN_OUTCOME, "TerminateJobFlows: " + e, e));
    }
    return Duration.ZERO;
  }

  private synchronized List<String> nextBatch() {
    if (!alone.isEmpty()) {
      return List.of(alone.peek());
    }
    List<String> batch = new ArrayList<>();
    Iterator<String> ids = waiting.iterator();
    while (ids.hasNext() && batch.size() < BATCH) {
      batch.add(ids.next());
      ids.remove();
    }
    return batch;
  }

  private void failed(List<String> batch, EmrException e) {
    // Rights may hang on the tags of a cluster, so any refusal may be about one of them.
    if (e.kind() == Kind.REFUSED && batch.size() > 1) {
      LOG.info("{}; sending each of {} alone", e.getMessage(), batch);
      synchronized (this) {
        alone.addAll(batch);
      }
    } else {
      LOG.warn("Can't terminate {}: {}", batch, e.getMessage());
      done(batch, Optional.of(e));
    }
  }

  private synchronized void done(List<String> batch, Optional<EmrException> failure) {
    alone.removeAll(batch);
    // They may have been asked for again while the request was on its way.
    waiting.removeAll(batch);
    batch.forEach(failures::remove);
    batch.forEach(accepted::remove);
    failure.ifPresentOrElse(
        e -> batch.forEach(id -> failures.put(id, e)),
        () -> batch.forEach(id -> accepted.put(id, clock.instant())));
  }

  private synchronized void putBack(List<String> batch) {
    if (!alone.containsAll(batch)) {
      waiting.addAll(batch);
    }
  }
}
