package dev.emroperator.finance.operator.emr;

import java.time.Clock;
import java.time.Duration;
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

  public int pageSize = 50;

  /** For so many pages more. */
  public int tokens = Integer.MAX_VALUE;

  public Runnable onList = () -> {};

  /** How long whoever wants to ask for a cluster has to wait. */
  public Duration turn = Duration.ZERO;

  /** Thrown by every ListClusters. */
  public RuntimeException listFailure;

  public final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

  /** Thrown by the next RunJobFlow, once. */
  public EmrException failure;

  /** Thrown by every call that looks at or ends clusters, while set. */
  public EmrException refusal;

  /** Whether lists show nothing of what there is. */
  public boolean hidden;

  /** Whether the failing request makes its cluster all the same. */
  public boolean createsBeforeFailing;

  public FakeEmr(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String runJobFlow(JobFlow request) {
    if (!turn.isZero()) {
      throw new ApiBudget.Spent(Operation.RUN_JOB_FLOW, turn);
    }
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
        id,
        new ClusterSummary(
            id,
            old.name(),
            state,
            reasonCode,
            reason,
            old.createdAt(),
            ended,
            old.errorDetails(),
            old.subnet()));
  }

  /** EMR has put the cluster there. */
  public void chose(String id, String subnet) {
    replace(id, clusters.get(id).errorDetails(), subnet);
  }

  /** EMR knows more of what went wrong. */
  public void detail(String id, ErrorDetail detail) {
    replace(id, List.of(detail), clusters.get(id).subnet());
  }

  private void replace(String id, List<ErrorDetail> details, String subnet) {
    ClusterSummary c = clusters.get(id);
    clusters.put(
        id,
        new ClusterSummary(
            id,
            c.name(),
            c.state(),
            c.reasonCode(),
            c.reasonMessage(),
            c.createdAt(),
            c.endedAt(),
            details,
            subnet));
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
  public Duration reserveTurn(String clusterName) {
    return turn;
  }

  @Override
  public ClusterPage listClusters(Collection<ClusterState> states, Instant after, String marker) {
    if (tokens == 0) {
      throw new ApiBudget.Spent(Operation.LIST_CLUSTERS, Duration.ofSeconds(2));
    }
    tokens--;
    lists++;
    onList.run();
    refuse();
    if (listFailure != null) {
      throw listFailure;
    }
    List<ClusterSummary> all =
        clusters.values().stream()
            .filter(c -> !hidden)
            .filter(c -> states.contains(c.knownState()))
            .filter(c -> after == null || !c.createdAt().isBefore(after))
            .toList();
    int from = marker == null ? 0 : Integer.parseInt(marker);
    int to = Math.min(all.size(), from + pageSize);
    return new ClusterPage(all.subList(from, to), to == all.size() ? null : Integer.toString(to));
  }

  @Override
  public Optional<Map<String, String>> tags(String clusterId) {
    describes++;
    return clusters.containsKey(clusterId)
        ? Optional.of(tags.getOrDefault(clusterId, Map.of()))
        : Optional.empty();
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
