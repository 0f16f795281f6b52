package dev.emroperator.finance.operator.emr;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * EMR of one account and region. Every method may throw {@link EmrException}. No method repeats a
 * request by itself.
 */
public interface EmrService {

  /**
   * Asks for a cluster with its step in one atomic request.
   *
   * @return id of the cluster
   */
  String runJobFlow(JobFlow request);

  /** Clusters in the states, all pages; created at or after the time, if one is given. */
  List<ClusterSummary> listClusters(Collection<ClusterState> states, Instant createdAfter);

  /** The cluster as it is now, or nothing if EMR does not know the id. */
  Optional<ClusterSummary> describeCluster(String clusterId);

  /** All steps of the cluster, in the order in which they were added. */
  List<StepSummary> listSteps(String clusterId);

  /** Asks EMR to terminate clusters; those that have ended are accepted. */
  void terminateJobFlows(Collection<String> clusterIds);

  /**
   * A cluster as EMR reports it.
   *
   * @param state as EMR wrote it, which may be a word that this program doesn't know
   * @param reasonCode null while the cluster lives
   */
  record ClusterSummary(
      String id,
      String name,
      String state,
      String reasonCode,
      String reasonMessage,
      Instant createdAt,
      Instant endedAt) {

    /** The state as a known value. */
    public ClusterState knownState() {
      return ClusterState.of(state);
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
