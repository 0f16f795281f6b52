package dev.emroperator.finance.operator.emr;

import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.EmrService.ErrorDetail;
import dev.emroperator.finance.operator.emr.EmrService.StepSummary;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterStatus;

/** What EMR answers, in this program's words. */
final class Answers {

  /** Credentials or clock were not right at that moment: AWS did not look at the request. */
  private static final Set<String> UNSIGNED =
      Set.of(
          "ExpiredTokenException",
          "ExpiredToken",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "MissingAuthenticationTokenException",
          "RequestExpired");

  private Answers() {}

  static ClusterSummary cluster(Cluster c) {
    var network = c.ec2InstanceAttributes();
    return cluster(c.id(), c.name(), c.status(), network == null ? null : network.ec2SubnetId());
  }

  static ClusterSummary cluster(String id, String name, ClusterStatus status, String subnet) {
    var reason = status.stateChangeReason();
    var timeline = status.timeline();
    return new ClusterSummary(
        id,
        name,
        status.stateAsString(),
        reason == null ? null : reason.codeAsString(),
        reason == null ? null : reason.message(),
        timeline == null ? null : timeline.creationDateTime(),
        timeline == null ? null : timeline.endDateTime(),
        errorDetails(status),
        subnet);
  }

  private static List<ErrorDetail> errorDetails(ClusterStatus status) {
    return status.errorDetails().stream()
        .map(e -> new ErrorDetail(e.errorCode(), e.errorMessage(), flat(e.errorData())))
        .toList();
  }

  /** EMR gives a list of maps, most of them of one entry. */
  private static Map<String, String> flat(List<Map<String, String>> data) {
    Map<String, String> all = new TreeMap<>();
    data.forEach(all::putAll);
    return all;
  }

  static StepSummary step(software.amazon.awssdk.services.emr.model.StepSummary s) {
    var failure = s.status().failureDetails();
    return new StepSummary(
        s.id(),
        s.name(),
        s.status().stateAsString(),
        failure == null ? null : failure.reason(),
        failure == null ? null : failure.message(),
        failure == null ? null : failure.logFile());
  }

  static EmrException failure(Operation operation, SdkException e) {
    if (e instanceof AwsServiceException service) {
      String code = service.awsErrorDetails() == null ? "" : service.awsErrorDetails().errorCode();
      EmrException.Kind kind =
          service.isThrottlingException()
              ? EmrException.Kind.THROTTLED
              : UNSIGNED.contains(code)
                  ? EmrException.Kind.NOT_SENT
                  : service.statusCode() / 100 == 4 && !"InternalServerError".equals(code)
                      ? EmrException.Kind.REFUSED
                      : EmrException.Kind.UNKNOWN_OUTCOME;
      String said =
          service.awsErrorDetails() == null
              ? "HTTP " + service.statusCode()
              : code + ": " + service.awsErrorDetails().errorMessage();
      return new EmrException(kind, operation.emrName() + ": " + said, e);
    }
    EmrException.Kind kind =
        neverLeft(e) ? EmrException.Kind.NOT_SENT : EmrException.Kind.UNKNOWN_OUTCOME;
    return new EmrException(kind, operation.emrName() + ": " + e.getMessage(), e);
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
