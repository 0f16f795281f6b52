package dev.emroperator.finance.e2e.faults;

import java.util.function.Function;

/**
 * A run with one fault, for any lane.
 *
 * @param kind class of the fault, a row of the table
 */
record Drill(String kind, String what, Function<Lane, Finding> run) {

  /**
   * The same, which has to recover in time.
   *
   * @param goal in seconds
   */
  Drill within(double goal) {
    return new Drill(kind, what, lane -> run.apply(lane).within(goal));
  }
}
