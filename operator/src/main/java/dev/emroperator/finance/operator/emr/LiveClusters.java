package dev.emroperator.finance.operator.emr;

import dev.emroperator.finance.operator.Latest;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.SharedListing.Snapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the live clusters: from a list of all, and in between from shorter ones of those
 * that don't run. Most of many clusters run, and stay so for long; whoever comes up or goes down is
 * in the short list. Whoever was coming up and is in it no more, runs: until the next list of all
 * says otherwise.
 */
final class LiveClusters {

  private static final int LEAVING_KEPT = 2000;

  private Map<String, ClusterSummary> known = Map.of();
  private Snapshot full;
  private Snapshot shorter;

  /** Ids of those that were seen on their way out, which they never leave. */
  private final Set<String> leaving = Collections.newSetFromMap(Latest.entries(LEAVING_KEPT));

  /**
   * Takes in what was listed last.
   *
   * @param changing a list of those that don't run, if there was any
   */
  synchronized void see(Snapshot all, Optional<Snapshot> changing) {
    Snapshot listed = changing.orElse(null);
    boolean nothingNew = all == full && listed == shorter;
    if (nothingNew || isOlder(all, full) || isOlder(listed, shorter)) {
      return;
    }
    if (all != full) {
      known = byId(all.clusters());
    }
    full = all;
    shorter = listed;
    if (shorter != null && shorter.begunAt().isAfter(all.begunAt())) {
      known = changed(known, byId(shorter.clusters()));
    }
    known.values().stream()
        .filter(cluster -> cluster.knownState().isLeaving())
        .forEach(cluster -> leaving.add(cluster.id()));
  }

  /** Another thread may have seen what came later. */
  private static boolean isOlder(Snapshot one, Snapshot seen) {
    return seen != null && (one == null || one.begunAt().isBefore(seen.begunAt()));
  }

  private static Map<String, ClusterSummary> changed(
      Map<String, ClusterSummary> before, Map<String, ClusterSummary> listed) {
    Map<String, ClusterSummary> now = new LinkedHashMap<>();
    before.forEach(
        (id, cluster) -> {
          ClusterState state = cluster.knownState();
          if (listed.containsKey(id)) {
            now.put(id, listed.remove(id));
          } else if (state == ClusterState.RUNNING || state == ClusterState.UNKNOWN) {
            now.put(id, cluster);
          } else if (state.isProvisioning()) {
            now.put(id, cluster.running());
          }
        });
    now.putAll(listed);
    return now;
  }

  private static Map<String, ClusterSummary> byId(List<ClusterSummary> clusters) {
    Map<String, ClusterSummary> byId = new LinkedHashMap<>();
    clusters.forEach(cluster -> byId.put(cluster.id(), cluster));
    return byId;
  }

  synchronized List<ClusterSummary> all() {
    return List.copyOf(known.values());
  }

  synchronized Optional<ClusterSummary> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Whether the cluster was seen to terminate, also when it is in no list any more. */
  synchronized boolean hasSeenLeave(String id) {
    return leaving.contains(id);
  }
}
