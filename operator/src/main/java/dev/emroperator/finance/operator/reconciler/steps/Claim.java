package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.PastAttempt;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.Reuse;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.inputs.InputFiles;
import dev.emroperator.finance.operator.inputs.InputFiles.Found;
import dev.emroperator.finance.operator.inputs.Refusal;
import dev.emroperator.finance.operator.plan.JobJar;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.reconciler.steps.Results.Ends;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.status.RunTransitions;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Freezes the files of the inputs and the plan, and then writes the intent. Refuses what can't
 * succeed while that still costs nothing, and takes what is there already.
 */
public record Claim(
    Accounts accounts,
    JobJar jobJar,
    Claimant claimant,
    Results results,
    CurrentPointer pointer,
    Transitions transitions,
    RunTransitions runs,
    Clock clock,
    Plans plans)
    implements Step {

  private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

  @Override
  public Decision take(FinancialAnalysis object) {
    Account account = accounts.of(object.getSpec().environment());
    if (isWaitingForTurn(object)) {
      // All that follows was looked at before it began to wait, and is again when its turn comes.
      Duration turn = account.emr().reserveTurn(attempt(object, clock.instant()).name());
      if (!turn.isZero()) {
        return waitForTurn(turn);
      }
    }
    Found found;
    Optional<Refusal> refusal;
    try {
      found = InputFiles.find(object.getSpec(), account.store());
      refusal =
          found
              .refusal()
              .or(() -> InputFiles.checkColumns(object.getSpec(), found.inputs(), account.store()));
    } catch (ObjectStoreException e) {
      return refused(
          object,
          e,
          Reason.INPUT_UNREADABLE,
          "correct spec.inputs, or let the operator's role read it");
    }
    if (refusal.isPresent()) {
      return Decision.rest(runs.refused(object, refusal.get()));
    }
    return claim(object, account, found);
  }

  /** What lasts is told to the user; all else is tried again. */
  private Decision refused(
      FinancialAnalysis object, ObjectStoreException e, Reason reason, String remedy) {
    if (!e.isLasting()) {
      throw e;
    }
    return Decision.rest(
        runs.refused(
            object,
            new Refusal(
                reason,
                e.getMessage()
                    + ": "
                    + remedy
                    + "; then ask again with the annotation "
                    + Request.RETRY.annotation())));
  }

  private Decision claim(FinancialAnalysis object, Account account, Found found) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Attempt attempt = attempt(object, now);
    int number = attempt.number();
    Plan plan = Run.plan(object, number, found.inputs(), jobJar.version(), now);
    List<FinancialAnalysisStatus.Step> steps = Run.steps(plan);
    if (object.getSpec().reuse() == Reuse.IF_UNCHANGED) {
      try {
        Ends earlier = results.earlier(object, plan.runId(), steps, account.store());
        if (earlier.isComplete()) {
          pointer.move(object, plan.runId(), earlier.results(), account.store());
          return Decision.rest(runs.reused(object, plan, earlier.steps(), earlier.results()));
        }
        steps = earlier.steps();
      } catch (ObjectStoreException e) {
        return refused(
            object,
            e,
            Reason.OUTPUT_UNREADABLE,
            "correct spec.output, or let the operator's role read it");
      }
    }
    Duration turn = account.emr().reserveTurn(attempt.name());
    if (!turn.isZero()) {
      return waitForTurn(turn);
    }
    plans.write(Run.keeping(plan, steps), object, account, number);
    return Decision.proceed(transitions.claimed(object, plan, steps, attempt));
  }

  private Decision waitForTurn(Duration turn) {
    return turn.compareTo(WORTH_TELLING) > 0
        ? Decision.lookAgain(
            transitions.hindered(
                Reason.WAITING_FOR_TURN, "waiting for its turn to ask EMR for a cluster"),
            turn)
        : Decision.lookAgain(turn);
  }

  private static boolean isWaitingForTurn(FinancialAnalysis object) {
    return object.statusOrEmpty().conditions().stream()
        .anyMatch(condition -> condition.reason() == Reason.WAITING_FOR_TURN);
  }

  /** Numbers go on over all runs of an object, because they are part of the cluster's name. */
  private Attempt attempt(FinancialAnalysis object, Instant now) {
    int last =
        object.statusOrEmpty().attempts().stream().mapToInt(PastAttempt::number).max().orElse(0);
    return claimant.attempt(object, last + 1, 0, now);
  }
}
