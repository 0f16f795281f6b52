package dev.emroperator.finance.operator.emr;

import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.SharedListing.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The clusters of an account and region, asked for at most once an interval, whoever needs them.
 * One ListClusters serves every object; no object costs a call of its own while it runs.
 */
public final class ClusterSweep {

  private static final int ENDED_KEPT = 2000;

  /** Intervals after which a sweep that could not be repeated is no longer believed. */
  private static final int STALE_AFTER = 6;

  /** Those who look for the same time come back within this, or within two intervals. */
  private static final Duration WANTED_FOR = Duration.ofMinutes(1);

  private static final Duration WHILE_OTHERS_LIST = Duration.ofMillis(500);

  private final EmrService emr;
  private final Clock clock;
  private final SharedListing live;
  private final SharedListing history;

  /** Clusters that have ended don't change any more. */
  private final Map<String, ClusterSummary> ended = new LinkedHashMap<>();

  /** Ids of those that some sweep has seen on their way out, which they never leave. */
  private final Set<String> leaving = new LinkedHashSet<>();

  /** How far back others look, with when they asked last. */
  private final Map<Instant, Instant> wanted = new LinkedHashMap<>();

  /**
   * Asks for nothing before someone wants to know.
   *
   * @param interval the shortest time between two listings
   * @param pagesPerSecond of ListClusters that can be kept up; many pages make the interval longer
   */
  public ClusterSweep(EmrService emr, Duration interval, double pagesPerSecond, Clock clock) {
    this.emr = emr;
    this.clock = clock;
    live = new SharedListing(emr, ClusterState.LIVE, interval, pagesPerSecond, clock);
    // Less often than the live ones, by which all that runs is watched.
    history = new SharedListing(emr, ClusterState.ALL, interval, pagesPerSecond / 2, clock);
  }

  /**
   * The cluster as the sweep saw it; when it is not among the live ones, or the sweep has failed
   * for long, as EMR describes it now. So no object waits for a list that can't be had.
   *
   * @return nothing if EMR does not know the id
   */
  public Optional<ClusterSummary> find(String clusterId) {
    Optional<ClusterSummary> seen =
        live().stream().filter(cluster -> cluster.id().equals(clusterId)).findFirst();
    if (seen.isPresent() && !isStale()) {
      return seen;
    }
    synchronized (ended) {
      if (ended.containsKey(clusterId)) {
        return Optional.of(ended.get(clusterId));
      }
    }
    Optional<ClusterSummary> described = emr.describeCluster(clusterId);
    described.filter(cluster -> cluster.knownState().hasEnded()).ifPresent(this::remember);
    return described;
  }

  private boolean isStale() {
    Instant sweptAt = sweptAt().orElse(Instant.EPOCH);
    return sweptAt.plus(interval().multipliedBy(STALE_AFTER)).isBefore(clock.instant());
  }

  private void remember(ClusterSummary cluster) {
    synchronized (ended) {
      ended.put(cluster.id(), cluster);
      forgetOldest(ended.keySet());
    }
  }

  private static void forgetOldest(Collection<?> kept) {
    for (Iterator<?> oldest = kept.iterator(); kept.size() > ENDED_KEPT; ) {
      oldest.next();
      oldest.remove();
    }
  }

  /**
   * Whether a sweep has seen the cluster terminate. It costs no call of its own, and stays true
   * when the cluster is in no list of live ones any more.
   *
   * @throws EmrException when no sweep has ever succeeded
   */
  public boolean hasSeenLeave(String clusterId) {
    live();
    synchronized (leaving) {
      return leaving.contains(clusterId);
    }
  }

  private void noteLeaving(List<ClusterSummary> clusters) {
    synchronized (leaving) {
      clusters.stream()
          .filter(cluster -> cluster.knownState().isLeaving())
          .forEach(cluster -> leaving.add(cluster.id()));
      forgetOldest(leaving);
    }
  }

  /**
   * Every live cluster, as the last sweep saw it. Only the very first caller waits for one. A sweep
   * that fails leaves what the one before has seen.
   *
   * @throws EmrException when no sweep has ever succeeded
   */
  public List<ClusterSummary> live() {
    boolean known = live.last().isPresent();
    try {
      if (!known) {
        live.await(null);
        noteLeaving(seen());
      } else if (live.isDue() && live.refresh(null)) {
        noteLeaving(seen());
      }
    } catch (EmrException | ApiBudget.Spent e) {
      if (!known) {
        throw e;
      }
    }
    return live.last().orElseThrow().clusters();
  }

  /**
   * Live clusters of the last sweep, of whatever age; a call is made only before the first one.
   *
   * @throws EmrException when there was none, and none can be had
   */
  public List<ClusterSummary> seen() {
    return live.last().map(Snapshot::clusters).orElseGet(this::live);
  }

  /**
   * Clusters in any state: the search of those who know a name and no id. One listing serves all
   * who search at that time.
   *
   * @param since a cluster created at or after it is in the answer
   * @param begunAfter the answer is from a listing that began then or later: who concludes that
   *     there is no cluster names the time at which every cluster would show
   * @throws ApiBudget.Spent when such an answer can't be had yet
   */
  public List<ClusterSummary> history(Instant since, Instant begunAfter) {
    Instant earliest = earliestWanted(since);
    if (history.isDue() && !history.refresh(earliest)) {
      throw new ApiBudget.Spent(Operation.LIST_CLUSTERS, WHILE_OTHERS_LIST);
    }
    return history
        .last()
        .filter(s -> SharedListing.reaches(s.since(), since) && !s.begunAt().isBefore(begunAfter))
        .map(Snapshot::clusters)
        .orElseThrow(() -> new ApiBudget.Spent(Operation.LIST_CLUSTERS, history.rest()));
  }

  private Instant earliestWanted(Instant since) {
    synchronized (wanted) {
      Instant now = clock.instant();
      Duration kept = longer(WANTED_FOR, history.interval().multipliedBy(2));
      wanted.values().removeIf(asked -> asked.plus(kept).isBefore(now));
      wanted.put(since, now);
      return wanted.keySet().stream().min(Instant::compareTo).orElse(since);
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** How long an answer is used. */
  public Duration interval() {
    return live.interval();
  }

  /** When the last sweep began that succeeded; nothing before the first one. */
  public Optional<Instant> sweptAt() {
    return live.last().map(Snapshot::begunAt);
  }

  /** Pages of the last sweep. */
  public int pages() {
    return live.last().map(Snapshot::pages).orElse(0);
  }
}
