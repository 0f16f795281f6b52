package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Step;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.reconciler.steps.Results.Ends;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The end of a run that the user wants. */
enum Interruption {
  CANCELLED(Reason.CANCELLED, "cancelled"),
  SUSPENDED(Reason.SUSPENDED, "suspended by spec.suspend");

  private final Reason reason;
  private final String words;

  Interruption(Reason reason, String words) {
    this.reason = reason;
    this.words = words;
  }

  /** What the user wants of a run whose request for a cluster has no answer. */
  static Optional<Interruption> wanted(FinancialAnalysis object) {
    if (Request.CANCEL.isPending(object)) {
      return Optional.of(CANCELLED);
    }
    return object.getSpec().suspend() ? Optional.of(SUSPENDED) : Optional.empty();
  }

  /** True when a run rests, and may be resumed. */
  static boolean isResting(FinancialAnalysisStatus status) {
    return status.outcome() != null && status.outcome().reason() == Reason.SUSPENDED;
  }

  Request request() {
    return this == CANCELLED ? Request.CANCEL : null;
  }

  Outcome outcome(Instant at, int finished, int all) {
    return new Outcome(
        at, false, reason, "%s; %d of %d analyses are finished".formatted(words, finished, all));
  }

  /** Nothing has failed: what is not finished was not run to its end. */
  List<Step> left(Ends ends) {
    return ends.steps().stream()
        .map(step -> step.output() != null ? step : step.withState(leftState()).withCause(null))
        .toList();
  }

  private StepState leftState() {
    return this == SUSPENDED ? StepState.PENDING : StepState.SKIPPED;
  }
}
