package dev.emroperator.finance.operator.reconciler;

import dev.emroperator.finance.operator.FinancialAnalysis;

/**
 * One step on the way of an analysis. It looks at the object and the world, acts at most once, and
 * says what follows; it never writes status itself, and keeps nothing between calls that a restart
 * must not lose.
 */
public interface Step {

  /**
   * Takes the step.
   *
   * @throws dev.emroperator.finance.operator.emr.EmrException when EMR can't be asked now
   * @throws dev.emroperator.finance.operator.s3.ObjectStoreException when S3 can't be asked now
   */
  Decision take(FinancialAnalysis object);
}
