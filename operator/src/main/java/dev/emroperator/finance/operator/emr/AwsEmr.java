package dev.emroperator.finance.operator.emr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.ListStepsResponse;
import software.amazon.awssdk.services.emr.model.Tag;

/** Amazon EMR, or whatever {@code AWS_ENDPOINT_URL_EMR} points to. */
public final class AwsEmr implements EmrService, AutoCloseable {

  private static final String NO_SUCH_CLUSTER = "NoSuchCluster";
  private static final Duration RUN_JOB_FLOW_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private final EmrClient emr;
  private final ApiBudget budget;
  private final BiConsumer<Operation, String> heard;
  private final Terminations terminations;

  /**
   * Connects when the first call is made.
   *
   * @param budget of the account in the region; every call takes a token first
   * @param heard is told of every call and its outcome: {@code success}, or the kind of the failure
   * @param timeouts ends calls that take too long; it serves the clients of all regions
   */
  public AwsEmr(
      String region,
      ApiBudget budget,
      BiConsumer<Operation, String> heard,
      ScheduledExecutorService timeouts,
      Clock clock) {
    this.budget = budget;
    this.heard = heard;
    emr =
        EmrClient.builder()
            .region(Region.of(region))
            .httpClientBuilder(
                ApacheHttpClient.builder().socketTimeout(RUN_JOB_FLOW_TIMEOUT).maxConnections(16))
            // RunJobFlow has no client token: a repetition could pay for a second cluster.
            .overrideConfiguration(
                o ->
                    o.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(CALL_TIMEOUT)
                        .scheduledExecutorService(timeouts))
            .build();
    terminations = new Terminations(this::terminateBatch, clock);
  }

  @Override
  public Duration reserveTurn(String clusterName) {
    return budget.reserveTurn(clusterName);
  }

  @Override
  public String runJobFlow(JobFlow request) {
    budget.takeTurn(request.name());
    try {
      return told(
          Operation.RUN_JOB_FLOW,
          () ->
              emr.runJobFlow(
                      RunJobFlowRequests.of(request).toBuilder()
                          .overrideConfiguration(o -> o.apiCallTimeout(RUN_JOB_FLOW_TIMEOUT))
                          .build())
                  .jobFlowId());
    } catch (EmrException e) {
      if (e.kind() == EmrException.Kind.THROTTLED) {
        budget.throttled(Operation.RUN_JOB_FLOW);
      }
      // Not a mere delay: a job flow has been seen to exist after a throttle.
      throw e;
    }
  }

  @Override
  public ClusterPage listClusters(
      Collection<ClusterState> states, Instant createdAfter, String marker) {
    List<String> names = states.stream().map(Enum::name).toList();
    return call(
        Operation.LIST_CLUSTERS,
        () -> {
          var page =
              emr.listClusters(
                  r -> r.clusterStatesWithStrings(names).createdAfter(createdAfter).marker(marker));
          return new ClusterPage(
              page.clusters().stream()
                  .map(c -> Answers.cluster(c.id(), c.name(), c.status(), null))
                  .toList(),
              page.marker());
        });
  }

  @Override
  public Optional<ClusterSummary> describeCluster(String clusterId) {
    return describe(clusterId).map(Answers::cluster);
  }

  @Override
  public Optional<Map<String, String>> tags(String clusterId) {
    return describe(clusterId)
        .map(c -> c.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b)));
  }

  private Optional<Cluster> describe(String clusterId) {
    return call(
        Operation.DESCRIBE_CLUSTER,
        () -> {
          try {
            return Optional.of(emr.describeCluster(r -> r.clusterId(clusterId)).cluster());
          } catch (InvalidRequestException e) {
            if (NO_SUCH_CLUSTER.equals(e.emrErrorCode())) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public List<StepSummary> listSteps(String clusterId) {
    List<software.amazon.awssdk.services.emr.model.StepSummary> steps = new ArrayList<>();
    String marker = null;
    do {
      String from = marker;
      ListStepsResponse page =
          call(Operation.LIST_STEPS, () -> emr.listSteps(r -> r.clusterId(clusterId).marker(from)));
      steps.addAll(page.steps());
      marker = page.marker();
    } while (marker != null);
    return steps.stream()
        .sorted(Comparator.comparing(s -> s.status().timeline().creationDateTime()))
        .map(Answers::step)
        .toList();
  }

  @Override
  public void terminateJobFlows(Collection<String> clusterIds) {
    terminations.ask(clusterIds);
  }

  private void terminateBatch(List<String> clusterIds) {
    call(Operation.TERMINATE_JOB_FLOWS, () -> emr.terminateJobFlows(r -> r.jobFlowIds(clusterIds)));
  }

  @Override
  public void close() {
    terminations.close();
    emr.close();
  }

  private <T> T call(Operation operation, Supplier<T> work) {
    budget.take(operation);
    try {
      return told(operation, work);
    } catch (EmrException e) {
      throw e.kind() == EmrException.Kind.THROTTLED ? budget.throttled(operation) : e;
    }
  }

  private <T> T told(Operation operation, Supplier<T> work) {
    try {
      T answer = work.get();
      heard.accept(operation, "success");
      return answer;
    } catch (SdkException e) {
      EmrException failure = Answers.failure(operation, e);
      heard.accept(operation, failure.kind().outcome());
      throw failure;
    }
  }
}
