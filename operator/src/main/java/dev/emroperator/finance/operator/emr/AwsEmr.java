package dev.emroperator.finance.operator.emr;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterStatus;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;

/** Amazon EMR, or whatever {@code AWS_ENDPOINT_URL_EMR} points to. */
public final class AwsEmr implements EmrService, AutoCloseable {

  private static final String NO_SUCH_CLUSTER = "NoSuchCluster";
  private static final Duration RUN_JOB_FLOW_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final int TERMINATE_BATCH = 10;

  private final EmrClient emr;

  public AwsEmr(String region) {
    emr =
        EmrClient.builder()
            .region(Region.of(region))
            .httpClientBuilder(
                ApacheHttpClient.builder().socketTimeout(RUN_JOB_FLOW_TIMEOUT).maxConnections(16))
            // RunJobFlow has no client token: a repetition could pay for a second cluster.
            .overrideConfiguration(
                o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(CALL_TIMEOUT))
            .build();
  }

  @Override
  public String runJobFlow(JobFlow request) {
    return call(
        "RunJobFlow",
        () ->
            emr.runJobFlow(
                    RunJobFlowRequests.of(request).toBuilder()
                        .overrideConfiguration(o -> o.apiCallTimeout(RUN_JOB_FLOW_TIMEOUT))
                        .build())
                .jobFlowId());
  }

  @Override
  public List<ClusterSummary> listClusters(Collection<ClusterState> states, Instant createdAfter) {
    List<String> names = states.stream().map(Enum::name).toList();
    return call(
        "ListClusters",
        () ->
            emr
                .listClustersPaginator(
                    r -> r.clusterStatesWithStrings(names).createdAfter(createdAfter))
                .clusters()
                .stream()
                .map(c -> summary(c.id(), c.name(), c.status()))
                .toList());
  }

  @Override
  public Optional<ClusterSummary> describeCluster(String clusterId) {
    try {
      Cluster c = emr.describeCluster(r -> r.clusterId(clusterId)).cluster();
      return Optional.of(summary(c.id(), c.name(), c.status()));
    } catch (InvalidRequestException e) {
      if (NO_SUCH_CLUSTER.equals(e.emrErrorCode())) {
        return Optional.empty();
      }
      throw failure("DescribeCluster", e);
    } catch (SdkException e) {
      throw failure("DescribeCluster", e);
    }
  }

  @Override
  public List<StepSummary> listSteps(String clusterId) {
    return call(
        "ListSteps",
        () ->
            emr.listStepsPaginator(r -> r.clusterId(clusterId)).steps().stream()
                .sorted(Comparator.comparing(s -> s.status().timeline().creationDateTime()))
                .map(
                    s -> {
                      var failure = s.status().failureDetails();
                      return new StepSummary(
                          s.id(),
                          s.name(),
                          s.status().stateAsString(),
                          failure == null ? null : failure.reason(),
                          failure == null ? null : failure.message(),
                          failure == null ? null : failure.logFile());
                    })
                .toList());
  }

  @Override
  public void terminateJobFlows(Collection<String> clusterIds) {
    List<String> ids = new ArrayList<>(clusterIds);
    for (int from = 0; from < ids.size(); from += TERMINATE_BATCH) {
      List<String> batch = ids.subList(from, Math.min(ids.size(), from + TERMINATE_BATCH));
      call("TerminateJobFlows", () -> emr.terminateJobFlows(r -> r.jobFlowIds(batch)));
    }
  }

  @Override
  public void close() {
    emr.close();
  }

  private static ClusterSummary summary(String id, String name, ClusterStatus status) {
    var reason = status.stateChangeReason();
    var timeline = status.timeline();
    return new ClusterSummary(
        id,
        name,
        status.stateAsString(),
        reason == null ? null : reason.codeAsString(),
        reason == null ? null : reason.message(),
        timeline == null ? null : timeline.creationDateTime(),
        timeline == null ? null : timeline.endDateTime());
  }

  private static <T> T call(String operation, Supplier<T> work) {
    try {
      return work.get();
    } catch (SdkException e) {
      throw failure(operation, e);
    }
  }

  private static EmrException failure(String operation, SdkException e) {
    if (e instanceof AwsServiceException service) {
      String code = service.awsErrorDetails() == null ? "" : service.awsErrorDetails().errorCode();
      EmrException.Kind kind =
          service.isThrottlingException()
              ? EmrException.Kind.THROTTLED
              : service.statusCode() / 100 == 4 && !"InternalServerError".equals(code)
                  ? EmrException.Kind.REFUSED
                  : EmrException.Kind.UNKNOWN_OUTCOME;
      String said =
          service.awsErrorDetails() == null
              ? "HTTP " + service.statusCode()
              : code + ": " + service.awsErrorDetails().errorMessage();
      return new EmrException(kind, operation + ": " + said, e);
    }
    EmrException.Kind kind =
        neverLeft(e) ? EmrException.Kind.NOT_SENT : EmrException.Kind.UNKNOWN_OUTCOME;
    return new EmrException(kind, operation + ": " + e.getMessage(), e);
  }

  private static boolean neverLeft(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
