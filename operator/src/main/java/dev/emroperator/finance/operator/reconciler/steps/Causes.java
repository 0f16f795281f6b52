package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.EmrService.ErrorDetail;
import dev.emroperator.finance.operator.emr.EmrService.StepSummary;
import dev.emroperator.finance.operator.inputs.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a run failed, as EMR tells it: the step's own words first, then the cluster's. */
final class Causes {

  private Causes() {}

  static Optional<Refusal> of(List<StepSummary> steps, ClusterSummary cluster) {
    Optional<Refusal> ofStep =
        steps.stream().filter(step -> "FAILED".equals(step.state())).findFirst().map(Causes::step);
    return ofStep.or(() -> Optional.ofNullable(cluster).map(Causes::cluster));
  }

  /**
   * The cause of a cluster that EMR or EC2 let down; whatever the job says then is a consequence.
   */
  static Optional<Refusal> ofMachines(ClusterSummary cluster) {
    return Optional.ofNullable(cluster)
        .map(Causes::cluster)
        .filter(cause -> Retries.MACHINES.contains(cause.reason()));
  }

  private static Refusal step(StepSummary step) {
    String words =
        Stream.of(step.failureReason(), step.failureMessage())
            .filter(word -> word != null && !word.isBlank())
            .collect(Collectors.joining(" "));
    String log = step.logFile() == null ? "" : " (log: " + step.logFile() + ")";
    return new Refusal(
        "StepFailed",
        "step " + step.id() + " failed" + (words.isEmpty() ? "" : ": " + words) + log);
  }

  private static Refusal cluster(ClusterSummary cluster) {
    String code = cluster.reasonCode();
    return new Refusal(
        code == null ? "ClusterEnded" : camelCase(code),
        "cluster %s is %s: %s%s"
            .formatted(
                cluster.id(),
                cluster.state(),
                cluster.reasonMessage() == null ? "EMR gave no reason" : cluster.reasonMessage(),
                cluster.errorDetails().stream().map(Causes::detail).collect(Collectors.joining())));
  }

  private static String detail(ErrorDetail detail) {
    return " (%s%s %s)"
        .formatted(
            detail.code(),
            detail.message() == null ? "" : ": " + detail.message(),
            new TreeMap<>(detail.data()))
        .replace(" {})", ")");
  }

  /** USER_REQUEST to UserRequest, the shape of reasons in Kubernetes. */
  private static String camelCase(String code) {
    return Stream.of(code.toLowerCase(Locale.ROOT).split("_"))
        .filter(word -> !word.isEmpty())
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}
