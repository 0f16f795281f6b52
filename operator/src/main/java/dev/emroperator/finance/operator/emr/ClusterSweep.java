package dev.emroperator.finance.operator.emr;

import dev.emroperator.finance.operator.Latest;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.SharedListing.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clusters of an account and region, asked for at most once an interval, whoever needs them.
 * One ListClusters serves every object; no object costs a call of its own while it runs.
 */
public final class ClusterSweep {

  private static final int ENDED_KEPT = 2000;

  /** Intervals after which a sweep that could not be repeated is no longer believed. */
  private static final int STALE_AFTER = 6;

  /** Of the pages that can be kept up, those for lists of all where these are long. */
  private static final double FOR_ALL = 0.4;

  /** Those who look for the same time come back within this, or within two intervals. */
  private static final Duration WANTED_FOR = Duration.ofMinutes(1);

  private static final Duration WHILE_OTHERS_LIST = Duration.ofMillis(500);

  private final EmrService emr;
  private final Duration shortest;
  private final Clock clock;
  private final SharedListing all;
  private final SharedListing changing;
  private final SharedListing history;
  private final LiveClusters live = new LiveClusters();

  /** Clusters that have ended don't change any more. */
  private final Map<String, ClusterSummary> ended = Latest.entries(ENDED_KEPT);

  /** How far back others look, with when they asked last. */
  private final Map<Instant, Instant> wanted = new LinkedHashMap<>();

  /**
   * Asks for nothing before someone wants to know.
   *
   * @param interval the shortest time between two listings
   * @param pagesPerSecond of ListClusters that can be kept up; where all clusters are many pages,
   *     they are listed less often, and in between those alone that don't run
   */
  public ClusterSweep(EmrService emr, Duration interval, double pagesPerSecond, Clock clock) {
    this.emr = emr;
    this.clock = clock;
    shortest = interval;
    all = new SharedListing(emr, ClusterState.LIVE, interval, pagesPerSecond * FOR_ALL, clock);
    changing =
        new SharedListing(
            emr, ClusterState.CHANGING, interval, pagesPerSecond * (1 - FOR_ALL), clock);
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
    sweep();
    Optional<ClusterSummary> seen = live.find(clusterId);
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
    }
  }

  /**
   * Whether a sweep has seen the cluster terminate. It costs no call of its own, and stays true
   * when the cluster is in no list of live ones any more.
   *
   * @throws EmrException when no sweep has ever succeeded
   */
  public boolean hasSeenLeave(String clusterId) {
    sweep();
    return live.hasSeenLeave(clusterId);
  }

  /**
   * Every live cluster, as the last sweep saw it. Only the very first caller waits for one. A sweep
   * that fails leaves what the one before has seen.
   *
   * @throws EmrException when no sweep has ever succeeded
   */
  public List<ClusterSummary> live() {
    sweep();
    return live.all();
  }

  private void sweep() {
    boolean known = all.last().isPresent();
    try {
      if (!known) {
        all.await(null);
      } else if (all.isDue()) {
        all.refresh(null);
      } else if (isLong() && changing.isDue()) {
        changing.refresh(null);
      }
    } catch (EmrException | ApiBudget.Spent e) {
      if (!known) {
        throw e;
      }
    }
    live.see(all.last().orElseThrow(), changing.last());
  }

  /** Whether all clusters are too many to be listed as often as is wanted. */
  private boolean isLong() {
    return all.interval().compareTo(shortest) > 0;
  }

  /**
   * Live clusters of the last sweep, of whatever age; a call is made only before the first one.
   *
   * @throws EmrException when there was none, and none can be had
   */
  public List<ClusterSummary> seen() {
    return all.last().isPresent() ? live.all() : live();
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

  /** The time within which a change shows. */
  public Duration interval() {
    return isLong() ? changing.interval() : all.interval();
  }

  /** When the last list began that succeeded; nothing before the first one. */
  public Optional<Instant> sweptAt() {
    return Stream.of(all.last(), changing.last())
        .flatMap(Optional::stream)
        .map(Snapshot::begunAt)
        .max(Instant::compareTo);
  }

  /** Pages of the last list of all. */
  public int pages() {
    return all.last().map(Snapshot::pages).orElse(0);
  }
}
