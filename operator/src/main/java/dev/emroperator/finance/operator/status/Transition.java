package dev.emroperator.finance.operator.status;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.operator.FinancialAnalysis;

/**
 * The next status of an object, computed from the object as it is when the status is written. It
 * may be applied several times, to ever newer states of the object, so it does nothing but compute.
 */
@FunctionalInterface
public interface Transition {

  /**
   * Computes the status.
   *
   * @throws Overtaken when the object has changed so that the transition no longer holds
   */
  FinancialAnalysisStatus apply(FinancialAnalysis live);

  /** The object has changed in between: look again. */
  final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Overtaken(String message) {
      super(message);
    }
  }
}
