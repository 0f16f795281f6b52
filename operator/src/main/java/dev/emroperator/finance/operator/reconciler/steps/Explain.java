package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.s3.ObjectStore;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.s3.S3Uri;
import dev.emroperator.finance.operator.status.RunTransitions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Adds the end of the step's log to a failure that the job itself did not explain. EMR brings logs
 * to S3 minutes after the end, so this looks again for a while, and then lets it be.
 */
public record Explain(Accounts accounts, RunTransitions transitions, Clock clock) implements Step {

  private static final Duration COMES_WITHIN = Duration.ofMinutes(10);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  /** Reasons with which nobody has said what went wrong in the job. */
  private static final Set<Reason> UNEXPLAINED =
      Set.of(
          Reason.STEP_FAILED, Reason.RESULTS_MISSING, Reason.DEADLINE_EXCEEDED, Reason.JOB_ERROR);

  @Override
  public Decision take(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.getStatus();
    Outcome outcome = status.outcome();
    boolean over =
        outcome == null
            || outcome.log() != null
            || !UNEXPLAINED.contains(outcome.reason())
            || clock.instant().isAfter(outcome.at().plus(COMES_WITHIN));
    if (over || status.cluster() == null || status.cluster().stepId() == null) {
      return Decision.proceed();
    }
    S3Uri location =
        S3Uri.parse(status.cluster().logs())
            .resolve("steps/" + status.cluster().stepId() + "/stderr.gz");
    return tail(location, accounts.of(object.getSpec().environment()).store())
        .map(text -> Decision.proceed(transitions.explained(text)))
        .orElseGet(() -> Decision.lookAgain(LOOK_AGAIN));
  }

  /** The log is a help; that it can't be read is no failure. */
  private static Optional<String> tail(S3Uri location, ObjectStore store) {
    try {
      return StepLog.tail(location, store);
    } catch (ObjectStoreException e) {
      return Optional.empty();
    }
  }
}
