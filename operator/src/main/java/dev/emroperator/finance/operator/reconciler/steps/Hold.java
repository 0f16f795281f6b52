package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.inputs.Refusal;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.status.RunTransitions;

/** Stops before anything was requested, when the user does not want it now or at all. */
public record Hold(RunTransitions transitions) implements Step {

  @Override
  public Decision take(FinancialAnalysis object) {
    if (Request.CANCEL.isPending(object)) {
      return Decision.rest(
          transitions.refused(
              object, new Refusal(Reason.CANCELLED, "cancelled before a cluster was requested")));
    }
    return object.getSpec().suspend() ? Decision.rest(transitions.suspended()) : Decision.proceed();
  }
}
