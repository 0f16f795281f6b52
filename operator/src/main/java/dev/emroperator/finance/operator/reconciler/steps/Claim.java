package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.inputs.InputFiles;
import dev.emroperator.finance.operator.inputs.InputFiles.Found;
import dev.emroperator.finance.operator.inputs.Refusal;
import dev.emroperator.finance.operator.plan.JobJar;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Freezes the files of the inputs and the plan, and then writes the intent. Refuses what can't
 * succeed while that still costs nothing.
 */
public record Claim(
    Accounts accounts,
    JobJar jobJar,
    Claimant claimant,
    Transitions transitions,
    Clock clock,
    Plans plans)
    implements Step {

  private static final int FIRST_ATTEMPT = 1;
  private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

  @Override
  public Decision take(FinancialAnalysis object) {
    Account account = accounts.of(object.getSpec().environment());
    Found found;
    Optional<Refusal> refusal;
    try {
      found = InputFiles.find(object.getSpec(), account.store());
      refusal =
          found
              .refusal()
              .or(() -> InputFiles.checkColumns(object.getSpec(), found.inputs(), account.store()));
    } catch (ObjectStoreException e) {
      if (!e.isLasting()) {
        throw e;
      }
      return Decision.rest(
          transitions.refused(
              new Refusal(
                  "InputUnreadable",
                  e.getMessage() + ": correct spec.inputs, or let the operator's role read it")));
    }
    return refusal
        .map(r -> Decision.rest(transitions.refused(r)))
        .orElseGet(() -> claim(object, account, found));
  }

  private Decision claim(FinancialAnalysis object, Account account, Found found) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Attempt attempt = claimant.attempt(object, FIRST_ATTEMPT, now);
    Duration turn = account.emr().reserveTurn(attempt.name());
    if (!turn.isZero()) {
      return turn.compareTo(WORTH_TELLING) > 0
          ? Decision.lookAgain(
              transitions.hindered(
                  "WaitingForTurn", "waiting for its turn to ask EMR for a cluster"),
              turn)
          : Decision.lookAgain(turn);
    }
    Plan plan = Run.plan(object, FIRST_ATTEMPT, found.inputs(), jobJar.version(), now);
    plans.write(plan, object, account, FIRST_ATTEMPT);
    return Decision.proceed(transitions.claimed(object, plan, attempt));
  }
}
