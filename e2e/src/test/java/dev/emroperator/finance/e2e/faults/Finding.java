package dev.emroperator.finance.e2e.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of a run.
 *
 * @param kind class of its fault
 * @param what the fault itself
 * @param violations of a promise, with all that is needed to look into them
 * @param recovery seconds from the start of the operator, or from the fault, to the object's end
 * @param wasted seconds of cluster time that were paid for nothing
 * @param reached false when the fault never came
 */
record Finding(
    String kind,
    String what,
    List<String> violations,
    double recovery,
    double wasted,
    boolean reached) {

  /** As a run of another class. */
  Finding of(String otherKind) {
    return new Finding(otherKind, what, violations, recovery, wasted, reached);
  }

  /**
   * The same, violated if its end came later.
   *
   * @param goal of recovery, in seconds
   */
  Finding within(double goal) {
    if (!reached || recovery <= goal) {
      return this;
    }
    List<String> more = new ArrayList<>(violations);
    more.add(
        String.format(
            Locale.ROOT,
            "%s, %s: recovered in %.1f s, later than %.0f s",
            kind,
            what,
            recovery,
            goal));
    return with(more);
  }

  Finding with(List<String> otherViolations) {
    return new Finding(kind, what, otherViolations, recovery, wasted, reached);
  }
}
