package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.inputs.Refusal;
import dev.emroperator.finance.operator.inputs.SpecCheck;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.status.RunTransitions;
import java.util.Optional;

/** Holds the spec against its environment, before any call to AWS. */
public record Validate(Accounts accounts, RunTransitions transitions) implements Step {

  @Override
  public Decision take(FinancialAnalysis object) {
    return refusal(object)
        .map(refusal -> Decision.rest(transitions.refused(object, refusal)))
        .orElseGet(Decision::proceed);
  }

  private Optional<Refusal> refusal(FinancialAnalysis object) {
    String environment = object.getSpec().environment();
    return accounts
        .find(environment)
        .map(
            account ->
                SpecCheck.of(
                    object.getSpec(), account.environment(), object.getMetadata().getNamespace()))
        .orElseGet(
            () ->
                Optional.of(
                    new Refusal(
                        Reason.UNKNOWN_ENVIRONMENT,
                        "spec.environment '%s' is not configured; there are %s"
                            .formatted(environment, accounts.names()))));
  }
}
