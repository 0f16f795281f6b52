package dev.emroperator.finance.operator.reconciler;

import dev.emroperator.finance.operator.FinancialAnalysis;
import java.util.Optional;

/** Decides when the finalizer of a deleted object may go. */
@FunctionalInterface
public interface Deletion {

  /**
   * Ends the cluster of the object, if there is one.
   *
   * @return what the object waits for; nothing when no cluster is left that could go on costing
   *     money
   * @throws Blocked when it can't be ended now
   */
  Optional<String> waitsFor(FinancialAnalysis object);

  /** The cluster can't be ended now; the message names it and the remedy. */
  final class Blocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Blocked(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
