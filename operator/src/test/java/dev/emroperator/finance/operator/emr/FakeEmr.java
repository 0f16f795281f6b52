package dev.emroperator.finance.operator.emr;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** EMR in memory: remembers what it was asked, and can fail before or after doing it. */
public final class FakeEmr implements EmrService {

  private final Clock clock;
  private final Map<String, ClusterSummary> clusters = new LinkedHashMap<>();
  private final Map<String, List<StepSummary>> steps = new LinkedHashMap<>();

  public final List<JobFlow> requests = new ArrayList<>();
  public final List<String> terminated = new ArrayList<>();
  public int describes;
  public int lists;

  /** Thrown by the next RunJobFlow, once. */
  public EmrException failure;

  /** Thrown by every call that looks at or ends clusters, while set. */
  public EmrException refusal;

  /** Whether the failing request makes its cluster all the same. */
  public boolean createsBeforeFailing;

  public FakeEmr(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String runJobFlow(JobFlow request) {
    requests.add(request);
    EmrException thrown = failure;
    failure = null;
    if (thrown != null && !createsBeforeFailing) {
      throw thrown;
    }
    String id = create(request.name());
    if (thrown != null) {
      throw thrown;
    }
    return id;
  }

  /** A cluster that is starting. */
  public String create(String name) {
    String id = "j-" + (clusters.size() + 1);
    clusters.put(id, new ClusterSummary(id, name, "STARTING", null, null, clock.instant(), null));
    steps.put(id, List.of(step("PENDING")));
    return id;
  }

  public void cluster(String id, String state, String reasonCode, String reason) {
    ClusterSummary old = clusters.get(id);
    Instant ended = ClusterState.of(state).hasEnded() ? clock.instant() : null;
    clusters.put(
        id, new ClusterSummary(id, old.name(), state, reasonCode, reason, old.createdAt(), ended));
  }

  public void step(String id, String state) {
    steps.put(id, List.of(step(state)));
  }

  private static StepSummary step(String state) {
    return new StepSummary("s-1", "analyses", state, null, null, null);
  }

  public void forget(String id) {
    clusters.remove(id);
  }

  @Override
  public List<ClusterSummary> listClusters(Collection<ClusterState> states, Instant after) {
    lists++;
    refuse();
    return clusters.values().stream()
        .filter(c -> states.contains(c.knownState()))
        .filter(c -> after == null || !c.createdAt().isBefore(after))
        .toList();
  }

  @Override
  public Optional<ClusterSummary> describeCluster(String clusterId) {
    describes++;
    refuse();
    return Optional.ofNullable(clusters.get(clusterId));
  }

  @Override
  public List<StepSummary> listSteps(String clusterId) {
    return steps.getOrDefault(clusterId, List.of());
  }

  @Override
  public void terminateJobFlows(Collection<String> clusterIds) {
    refuse();
    terminated.addAll(clusterIds);
    clusterIds.forEach(
        id -> cluster(id, "TERMINATING", "USER_REQUEST", "Terminated by user request"));
  }

  private void refuse() {
    if (refusal != null) {
      throw refusal;
    }
  }
}
