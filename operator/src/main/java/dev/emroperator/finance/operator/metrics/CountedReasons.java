package dev.emroperator.finance.operator.metrics;

import dev.emroperator.finance.api.Condition;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import java.util.List;

/**
 * The reasons that a label may bear. EMR's own codes come through to status, so that whatever is
 * not among these is counted as Other, and no label grows without end.
 */
final class CountedReasons {

  static final String OTHER = "Other";

  /** Of a run that has all its results. */
  static final List<String> SUCCEEDED = List.of("Succeeded", "ResultReused", OTHER);

  /** Of a run that ended without them, or was never begun. */
  static final List<String> FAILED =
      List.of(
          "AllStepsCompleted",
          "AnalysisFailed",
          "BadValue",
          "BootstrapFailure",
          "Cancelled",
          "CapacityExceeded",
          "ClusterEnded",
          "ClusterLost",
          "CorruptFile",
          "DeadlineExceeded",
          "DuplicateColumn",
          "InputInsideOutput",
          "InputMissing",
          "InputUnreadable",
          "InstanceFailure",
          "InstanceFleetTimeout",
          "InternalError",
          "InvalidRange",
          "InvalidSparkSetting",
          "JobError",
          "MissingColumn",
          "NotASelect",
          "OutputInsideInput",
          "OutputUnreadable",
          "OutsideFence",
          "PlanLost",
          "RequestRefused",
          "ResultsMissing",
          "SparkSettingNotAllowed",
          "StartDeadlineExceeded",
          "StepFailed",
          "StepFailure",
          "TagNotAllowed",
          "UnknownEnvironment",
          "UnknownKind",
          "UnknownSource",
          "UnknownTimezone",
          "UnreadableFile",
          "UnreadableSpec",
          "UserRequest",
          "ValidationError",
          OTHER);

  /** Of an object for which nothing is done now, though something is left to do. */
  static final List<String> WAITING =
      List.of(
          "Queued",
          "WaitingForTurn",
          "RetryScheduled",
          "EmrUnreachable",
          "OutcomeUnknown",
          "Hindered",
          "InternalError",
          "Deleting",
          "DeletionBlocked");

  private CountedReasons() {}

  /** What the conditions say, the same word in each of them; empty without conditions. */
  static String of(FinancialAnalysisStatus status) {
    return status.conditions().stream().findFirst().map(Condition::reason).orElse("");
  }

  /**
   * The reason itself where it is counted, else Other; a status that a hand wrote may have none.
   */
  static String among(List<String> counted, String reason) {
    return reason != null && counted.contains(reason) ? reason : OTHER;
  }
}
