package dev.emroperator.finance.operator.metrics;

import dev.emroperator.finance.api.Condition;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Reason;
import java.util.EnumSet;
import java.util.Set;

/** The reasons that a label may bear; others are counted as Unknown. */
final class CountedReasons {

  /** Of a run that has all its results. */
  static final Set<Reason> SUCCEEDED =
      EnumSet.of(Reason.SUCCEEDED, Reason.RESULT_REUSED, Reason.UNKNOWN);

  /** Of a run that ended without them, or was never begun. */
  static final Set<Reason> FAILED =
      EnumSet.of(
          Reason.ALL_STEPS_COMPLETED,
          Reason.ANALYSIS_FAILED,
          Reason.BAD_VALUE,
          Reason.BARS_TOO_LONG,
          Reason.BOOTSTRAP_FAILURE,
          Reason.CANCELLED,
          Reason.CAPACITY_EXCEEDED,
          Reason.CLUSTER_ENDED,
          Reason.CLUSTER_LOST,
          Reason.CORRUPT_FILE,
          Reason.DEADLINE_EXCEEDED,
          Reason.DUPLICATE_COLUMN,
          Reason.INPUT_INSIDE_OUTPUT,
          Reason.INPUT_MISSING,
          Reason.INPUT_UNREADABLE,
          Reason.INSTANCE_FAILURE,
          Reason.INSTANCE_FLEET_TIMEOUT,
          Reason.INTERNAL_ERROR,
          Reason.INVALID_RANGE,
          Reason.INVALID_SPARK_SETTING,
          Reason.JOB_ERROR,
          Reason.MISSING_COLUMN,
          Reason.NOT_A_SELECT,
          Reason.OUTPUT_INSIDE_INPUT,
          Reason.OUTPUT_UNREADABLE,
          Reason.OUTSIDE_FENCE,
          Reason.PLAN_LOST,
          Reason.REQUEST_REFUSED,
          Reason.RESULTS_MISSING,
          Reason.SPARK_SETTING_NOT_ALLOWED,
          Reason.START_DEADLINE_EXCEEDED,
          Reason.STEP_FAILED,
          Reason.STEP_FAILURE,
          Reason.TAG_NOT_ALLOWED,
          Reason.UNKNOWN_ENVIRONMENT,
          Reason.UNKNOWN_KIND,
          Reason.UNKNOWN_SOURCE,
          Reason.UNKNOWN_TIMEZONE,
          Reason.UNREADABLE_FILE,
          Reason.UNREADABLE_SPEC,
          Reason.USER_REQUEST,
          Reason.VALIDATION_ERROR,
          Reason.UNKNOWN);

  /** Of an object for which nothing is done now, though something is left to do. */
  static final Set<Reason> WAITING =
      EnumSet.of(
          Reason.QUEUED,
          Reason.WAITING_FOR_TURN,
          Reason.RETRY_SCHEDULED,
          Reason.EMR_UNREACHABLE,
          Reason.OUTCOME_UNKNOWN,
          Reason.HINDERED,
          Reason.INTERNAL_ERROR,
          Reason.DELETING,
          Reason.DELETION_BLOCKED);

  private CountedReasons() {}

  /** What the conditions say, the same word in each of them; Unknown without conditions. */
  static Reason of(FinancialAnalysisStatus status) {
    return status.conditions().stream().findFirst().map(Condition::reason).orElse(Reason.UNKNOWN);
  }

  /**
   * The reason itself where it is counted, else Unknown; a status that a hand wrote may have none.
   */
  static Reason among(Set<Reason> counted, Reason reason) {
    return reason != null && counted.contains(reason) ? reason : Reason.UNKNOWN;
  }
}
