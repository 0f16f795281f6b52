package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.s3.S3Uri;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The intent of the next attempt, when its time has come: the plan of the one before, over the same
 * frozen files, without what is finished.
 */
public record ClaimAgain(
    Accounts accounts, Claimant claimant, Transitions transitions, Clock clock, Plans plans)
    implements Step {

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  @Override
  public Decision take(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.getStatus();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Duration wait = Duration.between(now, Retries.due(object, status.cluster().endedAt()));
    if (wait.compareTo(Duration.ZERO) > 0) {
      return Decision.lookAgain(wait);
    }
    Account account = accounts.of(object.getSpec().environment());
    int before = status.attempt().number();
    Optional<Plan> plan = plans.read(object, account, before);
    if (plan.isEmpty()) {
      return lost(status, plans.location(object, account, before), now);
    }
    int number = before + 1;
    Attempt next = claimant.attempt(object, number, now);
    Duration turn = account.emr().reserveTurn(next.name());
    if (!turn.isZero()) {
      return Decision.lookAgain(turn);
    }
    plans.write(Run.nextPlan(plan.get(), object, number, now), object, account, number);
    return Decision.proceed(transitions.claimedAgain(object, next));
  }

  private Decision lost(FinancialAnalysisStatus status, S3Uri location, Instant now) {
    Outcome outcome =
        new Outcome(
            now.truncatedTo(ChronoUnit.SECONDS),
            false,
            "PlanLost",
            "%s; no further attempt, because %s can't be read any more: delete the object and apply it again"
                .formatted(status.outcome().message(), location));
    return Decision.lookAgain(
        transitions.concluded(outcome, status.cluster(), status.steps(), status.outputs()),
        AT_ONCE);
  }
}
