package dev.emroperator.finance.operator.reconciler;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.operator.FinancialAnalysis;

/** Decides when the finalizer of a deleted object may go. */
@FunctionalInterface
public interface Deletion {

  /**
   * Ends the cluster of the object, if there is one.
   *
   * @return true when no cluster is left that could go on costing money
   */
  boolean mayGo(FinancialAnalysis object);

  /** True when status alone proves that there is nothing to end. */
  static boolean leftNothing(FinancialAnalysisStatus status) {
    boolean neverAsked = status.attempt() == null;
    boolean refused = status.outcome() != null && status.cluster() == null;
    boolean ended = status.cluster() != null && status.cluster().endedAt() != null;
    return neverAsked || refused || ended;
  }
}
