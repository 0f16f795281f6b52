package dev.emroperator.finance.e2e.faults;

import java.util.List;

/**
 * EMR makes the cluster late, but before the request is settled: nobody may ask for another one
 * because a list does not show it yet.
 */
final class LateRequest {

  static final String KIND = "late request";

  private LateRequest() {}

  /** With the operator alive, and with one that dies while the request is under way. */
  static List<Drill> drills() {
    return List.of(
        SingleFaults.drill(Course.LIFE, Point.REQUEST, Effect.EXECUTED_AFTER_2_S, KIND),
        AwaitPoints.drill(Course.LIFE, Point.REQUEST, Moment.UNDERWAY, KIND));
  }
}
