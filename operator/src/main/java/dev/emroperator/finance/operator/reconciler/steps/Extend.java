package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Instant;

/** Tells the job of a deadline that the user has moved: it reads its plan again before it halts. */
public record Extend(Accounts accounts, Plans plans, Transitions transitions) implements Step {

  @Override
  public Decision take(FinancialAnalysis object) {
    Attempt attempt = object.getStatus().attempt();
    Instant wanted = Run.deadline(object.getSpec(), attempt.intendedAt());
    if (wanted.equals(attempt.deadline())) {
      return Decision.proceed();
    }
    Account account = accounts.of(object.getSpec().environment());
    try {
      plans
          .read(object, account, attempt.number())
          .ifPresent(
              plan ->
                  plans.write(
                      plan.withDeadline(wanted.toString()), object, account, attempt.number()));
    } catch (ObjectStoreException e) {
      // The operator's own watch over the deadline goes on; the job is told at the next look.
      return Decision.proceed();
    }
    return Decision.proceed(transitions.extended(attempt, wanted));
  }
}
