package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.EmrService.ErrorDetail;
import dev.emroperator.finance.operator.emr.EmrService.StepSummary;
import dev.emroperator.finance.operator.inputs.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a run failed, as EMR tells it: the step's own words first, then the cluster's. */
final class Causes {

  /** Those whose names are EMR's own codes. */
  private static final Set<Reason> OF_EMR =
      Set.of(
          Reason.INTERNAL_ERROR,
          Reason.VALIDATION_ERROR,
          Reason.INSTANCE_FAILURE,
          Reason.INSTANCE_FLEET_TIMEOUT,
          Reason.BOOTSTRAP_FAILURE,
          Reason.USER_REQUEST,
          Reason.STEP_FAILURE,
          Reason.ALL_STEPS_COMPLETED);

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
        Reason.STEP_FAILED,
        "step " + step.id() + " failed" + (words.isEmpty() ? "" : ": " + words) + log);
  }

  private static Refusal cluster(ClusterSummary cluster) {
    Reason reason = reason(cluster.reasonCode());
    String words = cluster.reasonMessage() == null ? "EMR gave no reason" : cluster.reasonMessage();
    boolean isUntold = reason == Reason.CLUSTER_ENDED && cluster.reasonCode() != null;
    return new Refusal(
        reason,
        "cluster %s is %s: %s%s"
            .formatted(
                cluster.id(),
                cluster.state(),
                isUntold ? cluster.reasonCode() + ", " + words : words,
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

  private static Reason reason(String code) {
    return OF_EMR.stream()
        .filter(reason -> reason.name().equals(code))
        .findFirst()
        .orElse(Reason.CLUSTER_ENDED);
  }
}
