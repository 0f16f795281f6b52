package dev.emroperator.finance.emulator.model;

import java.util.List;
import java.util.Map;

/**
 * Why and how a cluster ends, in EMR's words.
 *
 * @param code of the StateChangeReason
 * @param message of the StateChangeReason
 * @param withErrors true for TERMINATED_WITH_ERRORS
 * @param details what EMR tells besides, for some causes only
 */
public record Ending(String code, String message, boolean withErrors, List<ErrorDetail> details) {

  /** One ErrorDetail; {@code data} is the one map of its list ErrorData. */
  public record ErrorDetail(String code, Map<String, String> data, String message) {}

  static final Ending STEPS_COMPLETED = well("ALL_STEPS_COMPLETED", "Steps completed");
  static final Ending IDLE = well("ALL_STEPS_COMPLETED", "Terminated after being idle");
  static final Ending STEPS_COMPLETED_WITH_ERRORS =
      well("STEP_FAILURE", "Steps completed with errors");
  static final Ending STEP_FAILED = failure("STEP_FAILURE", "Shut down as step failed");

  /** What TerminateJobFlows asks for. */
  public static final Ending USER_REQUEST = well("USER_REQUEST", "Terminated by user request");

  private static Ending well(String code, String message) {
    return new Ending(code, message, false, List.of());
  }

  /** An end with errors, of which EMR tells no details. */
  public static Ending failure(String code, String message) {
    return new Ending(code, message, true, List.of());
  }

  /** An end with errors and one detail, which repeats the message. */
  public static Ending failure(
      String code, String message, String detailCode, Map<String, String> data) {
    return new Ending(
        code, message, true, List.of(new ErrorDetail(detailCode, Map.copyOf(data), message)));
  }
}
