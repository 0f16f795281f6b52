package dev.emroperator.finance.operator.emr;

import dev.emroperator.finance.operator.emr.EmrService.ClusterPage;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A list of clusters that many use and one fetches. It is fetched no more often than its interval,
 * which grows with the number of pages. A list that is too long for the tokens of the moment goes
 * on where it stopped.
 */
final class SharedListing {

  private static final Logger LOG = LoggerFactory.getLogger(SharedListing.class);

  /** Where the next page begins is not known for ever. */
  private static final Duration LONGEST_LISTING = Duration.ofMinutes(30);

  /**
   * A complete list.
   *
   * @param begunAt when its first page was asked for: it holds no later change for sure
   * @param since clusters created before are not in it; null when all are
   */
  record Snapshot(Instant begunAt, Instant since, int pages, List<ClusterSummary> clusters) {}

  private final EmrService emr;
  private final Collection<ClusterState> states;
  private final Duration shortest;
  private final double pagesPerSecond;
  private final Clock clock;
  private final ReentrantLock flight = new ReentrantLock();
  private volatile Snapshot last;
  private volatile Instant notBefore = Instant.EPOCH;
  private Fetch fetch;

  SharedListing(
      EmrService emr,
      Collection<ClusterState> states,
      Duration shortest,
      double pagesPerSecond,
      Clock clock) {
    this.emr = emr;
    this.states = states;
    this.shortest = shortest;
    this.pagesPerSecond = pagesPerSecond;
    this.clock = clock;
  }

  /** The last complete list, if there ever was one. */
  Optional<Snapshot> last() {
    return Optional.ofNullable(last);
  }

  /** The time for which a list is used. */
  Duration interval() {
    Snapshot known = last;
    Duration paced =
        known == null
            ? Duration.ZERO
            : Duration.ofMillis((long) (known.pages() / pagesPerSecond * 1000));
    return paced.compareTo(shortest) > 0 ? paced : shortest;
  }

  /** How long until the list may be fetched again, zero or less when it may be now. */
  Duration rest() {
    return Duration.between(clock.instant(), notBefore);
  }

  /**
   * Fetches the list if it is time and nobody else does.
   *
   * @return false when another thread is at it
   * @throws EmrException when it can't be fetched; the last one stays
   */
  boolean refresh(Instant since) {
    if (!flight.tryLock()) {
      return false;
    }
    try {
      if (isDue()) {
        fetch(since);
      }
      return true;
    } finally {
      flight.unlock();
    }
  }

  /** Waits until no other thread fetches, and does so itself if there still is no list. */
  void await(Instant since) {
    flight.lock();
    try {
      if (last == null) {
        fetch(since);
      }
    } finally {
      flight.unlock();
    }
  }

  boolean isDue() {
    return !clock.instant().isBefore(notBefore);
  }

  private void fetch(Instant since) {
    Instant now = clock.instant();
    if (fetch == null || !fetch.serves(since, now)) {
      fetch = new Fetch(now, since);
    }
    try {
      fetch.goOn();
      last = fetch.complete();
      fetch = null;
      notBefore = last.begunAt().plus(interval());
    } catch (ApiBudget.Spent e) {
      notBefore = now.plus(e.after());
      throw e;
    } catch (EmrException e) {
      fetch = null;
      notBefore = now.plus(shortest);
      LOG.warn("Can't list clusters: {}", e.getMessage());
      throw e;
    }
  }

  /** A list on the way. */
  private final class Fetch {
    private final Instant begunAt;
    private final Instant since;
    private final List<ClusterSummary> clusters = new ArrayList<>();
    private String marker;
    private int pages;
    private boolean more = true;

    Fetch(Instant begunAt, Instant since) {
      this.begunAt = begunAt;
      this.since = since;
    }

    boolean serves(Instant wanted, Instant now) {
      return reaches(since, wanted) && now.isBefore(begunAt.plus(LONGEST_LISTING));
    }

    void goOn() {
      while (more) {
        ClusterPage page = emr.listClusters(states, since, marker);
        clusters.addAll(page.clusters());
        pages++;
        marker = page.marker();
        more = marker != null;
      }
    }

    Snapshot complete() {
      return new Snapshot(begunAt, since, pages, List.copyOf(clusters));
    }
  }

  /** True when a list since one time holds all that were created since another. */
  static boolean reaches(Instant since, Instant wanted) {
    return since == null || (wanted != null && !since.isAfter(wanted));
  }
}
