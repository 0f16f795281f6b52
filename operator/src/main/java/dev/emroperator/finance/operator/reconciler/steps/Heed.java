package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.reconciler.steps.Results.Ends;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.status.RunTransitions;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Heeds what the user asks of a run that has begun: to cancel it or to suspend it. What has nothing
 * to do here, such as the retry of a run that goes on, is taken note of.
 */
public record Heed(Accounts accounts, Results results, RunTransitions transitions, Clock clock)
    implements Step {

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  @Override
  public Decision take(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.getStatus();
    boolean over = status.phase() != null && status.phase().isFinal();
    boolean undecided = status.outcome() == null;
    boolean failed = !undecided && !status.outcome().succeeded();
    if (Request.CANCEL.isPending(object)) {
      return over || !undecided && !failed
          ? Decision.proceed(transitions.handled(Request.CANCEL))
          : interrupt(object, Request.CANCEL, Interruption.CANCELLED);
    }
    boolean refused = undecided && status.phase() == Phase.FAILED;
    if (Request.RETRY.isPending(object) && !refused && !failed) {
      return Decision.proceed(transitions.handled(Request.RETRY));
    }
    if (over) {
      // What changed may begin nothing, and is seen all the same.
      return Decision.proceed(transitions.handled());
    }
    return object.getSpec().suspend() && undecided
        ? interrupt(object, null, Interruption.SUSPENDED)
        : Decision.proceed();
  }

  /** A bucket that can't be read must not keep a cluster alive. */
  private Ends ends(FinancialAnalysis object) {
    try {
      return results.of(object, accounts.of(object.getSpec().environment()).store());
    } catch (ObjectStoreException e) {
      return new Ends(object.getStatus().steps(), object.getStatus().outputs());
    }
  }

  private Decision interrupt(FinancialAnalysis object, Request request, Interruption why) {
    Ends ends = ends(object);
    Outcome outcome =
        why.outcome(
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            ends.results().size(),
            ends.steps().size());
    return Decision.lookAgain(
        transitions.interrupted(request, outcome, why.left(ends), ends.results()), AT_ONCE);
  }
}
