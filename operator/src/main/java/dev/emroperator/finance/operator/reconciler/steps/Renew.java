package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.plan.RunSpecs;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.status.RunTransitions;

/** Makes place for another run, after the end of the one before. */
public record Renew(RunTransitions transitions) implements Step {

  /**
   * True for an object that is done, when the user has changed what is to be run, or asks for all
   * of it anew, or for another try of what was refused.
   */
  public static boolean isDue(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    boolean refused = status.attempt() == null;
    return RunSpecs.changed(object)
        || Request.RERUN.isPending(object)
        || refused && Request.RETRY.isPending(object);
  }

  @Override
  public Decision take(FinancialAnalysis object) {
    return Decision.proceed(transitions.renewed());
  }
}
