package dev.emroperator.finance.operator.emr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * EMR of one account and region. Every method may throw {@link EmrException}, or {@link
 * ApiBudget.Spent} when there is no token for the call: nothing was sent then. No method repeats a
 * request by itself.
 */
public interface EmrService {

  /**
   * Asks for a turn to request a cluster, before the intent is written: first come, first served.
   *
   * @return when to come back: zero when the turn is there, and at most a minute; the place is kept
   *     for a minute more
   */
  Duration reserveTurn(String clusterName);

  /**
   * Asks for a cluster with its step in one atomic request.
   *
   * @return id of the cluster
   */
  String runJobFlow(JobFlow request);

  /**
   * One page of the clusters in the states; created at or after the time, if one is given.
   *
   * @param marker null for the first page, else as the page before gave it
   */
  ClusterPage listClusters(Collection<ClusterState> states, Instant createdAfter, String marker);

  /** Clusters in the states, all pages; created at or after the time, if one is given. */
  default List<ClusterSummary> listClusters(Collection<ClusterState> states, Instant createdAfter) {
    List<ClusterSummary> all = new ArrayList<>();
    ClusterPage page = null;
    do {
      page = listClusters(states, createdAfter, page == null ? null : page.marker());
      all.addAll(page.clusters());
    } while (page.marker() != null);
    return all;
  }

  /** The cluster as it is now, or nothing if EMR does not know the id. */
  Optional<ClusterSummary> describeCluster(String clusterId);

  /** The tags of the cluster, or nothing if EMR does not know the id. */
  Optional<Map<String, String>> tags(String clusterId);

  /** All steps of the cluster, in the order in which they were added. */
  List<StepSummary> listSteps(String clusterId);

  /**
   * Has clusters terminated, soon and together with others: look again whether they are. Those that
   * have ended are accepted.
   *
   * @throws EmrException why the last request for one of them failed; it is tried again
   */
  void terminateJobFlows(Collection<String> clusterIds);

  /**
   * Some clusters of a list.
   *
   * @param marker of the next page, null on the last one
   */
  record ClusterPage(List<ClusterSummary> clusters, String marker) {}

  /**
   * A cluster as EMR reports it.
   *
   * @param state as EMR wrote it, which may be a word that this program doesn't know
   * @param reasonCode null while the cluster lives
   * @param errorDetails what EMR knows beyond the reason, empty when all is well
   * @param subnet that EMR chose; null where it was not told, as in a list
   */
  record ClusterSummary(
      String id,
      String name,
      String state,
      String reasonCode,
      String reasonMessage,
      Instant createdAt,
      Instant endedAt,
      List<ErrorDetail> errorDetails,
      String subnet) {

    public ClusterSummary {
      errorDetails = List.copyOf(errorDetails);
    }

    public ClusterSummary(
        String id,
        String name,
        String state,
        String reasonCode,
        String reasonMessage,
        Instant createdAt,
        Instant endedAt) {
      this(id, name, state, reasonCode, reasonMessage, createdAt, endedAt, List.of(), null);
    }

    /** The same cluster, when it has come up. */
    ClusterSummary running() {
      String running = ClusterState.RUNNING.name();
      return new ClusterSummary(
          id, name, running, null, null, createdAt, null, errorDetails, subnet);
    }

    /** The state as a known value. */
    public ClusterState knownState() {
      return ClusterState.of(state);
    }
  }

  /**
   * One error of a cluster, in EMR's own words.
   *
   * @param data such as the instance type and the zone that lack capacity
   */
  record ErrorDetail(String code, String message, Map<String, String> data) {
    public ErrorDetail {
      data = Map.copyOf(data);
    }
  }

  /** A step as EMR reports it. */
  record StepSummary(
      String id,
      String name,
      String state,
      String failureReason,
      String failureMessage,
      String logFile) {

    /** True for COMPLETED alone: no other state, known or unknown, is success. */
    public boolean isCompleted() {
      return "COMPLETED".equals(state);
    }

    /** True while EMR may still change the state. */
    public boolean isActive() {
      return "PENDING".equals(state) || "RUNNING".equals(state) || "CANCEL_PENDING".equals(state);
    }
  }
}
