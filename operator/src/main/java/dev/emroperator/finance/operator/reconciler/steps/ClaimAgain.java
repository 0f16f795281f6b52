package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.reconciler.steps.Results.Ends;
import dev.emroperator.finance.operator.reconciler.steps.Retries.NextAttempt;
import dev.emroperator.finance.operator.s3.S3Uri;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The intent of the next attempt, when its time has come: the plan of the one before, over the same
 * frozen files, without what is finished. Where nothing is left to do, no attempt follows.
 */
public record ClaimAgain(
    Accounts accounts,
    Claimant claimant,
    Results results,
    CurrentPointer pointer,
    Transitions transitions,
    Clock clock,
    Plans plans)
    implements Step {

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  @Override
  public Decision take(FinancialAnalysis object) {
    Optional<NextAttempt> next = Retries.next(object);
    if (next.isEmpty()) {
      return Decision.rest();
    }
    FinancialAnalysisStatus status = object.getStatus();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Duration wait = Duration.between(now, next.get().due(status.outcome(), status.cluster()));
    if (wait.compareTo(Duration.ZERO) > 0) {
      return Decision.lookAgain(wait);
    }
    Account account = accounts.of(object.getSpec().environment());
    Ends ends = results.of(object, account.store());
    if (ends.isComplete()) {
      pointer.move(object, status.runId(), ends.results(), account.store());
      return conclude(status, ends.success(now.truncatedTo(ChronoUnit.SECONDS)), ends);
    }
    int before = status.attempt().number();
    Optional<Plan> plan = plans.read(object, account, before);
    if (plan.isEmpty()) {
      return conclude(status, lost(plans.location(object, account, before), now), ends);
    }
    int number = before + 1;
    Attempt attempt = claimant.attempt(object, number, next.get().retries(), now);
    Duration turn = account.emr().reserveTurn(attempt.name());
    if (!turn.isZero()) {
      return Decision.lookAgain(turn);
    }
    plans.write(
        Run.nextPlan(plan.get(), object, ends.steps(), number, now), object, account, number);
    return Decision.proceed(transitions.claimedAgain(object, ends.steps(), attempt));
  }

  private Decision conclude(FinancialAnalysisStatus status, Outcome outcome, Ends ends) {
    return Decision.lookAgain(
        transitions.concluded(outcome, status.cluster(), ends.steps(), ends.results()), AT_ONCE);
  }

  private static Outcome lost(S3Uri location, Instant now) {
    return new Outcome(
        now.truncatedTo(ChronoUnit.SECONDS),
        false,
        Reason.PLAN_LOST,
        "the plan of the run is gone or unreadable: "
            + location
            + "; ask for another run with the annotation "
            + Request.RERUN.annotation());
  }
}
