package dev.emroperator.finance.operator.status;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.FinancialAnalysisStatus.PastAttempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Result;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Step;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.inputs.Refusal;
import dev.emroperator.finance.operator.plan.RunSpecs;
import dev.emroperator.finance.operator.status.Conditions.Said;
import java.time.Clock;
import java.util.List;

/** Every change of status that begins a run, ends one without a cluster, or holds it. */
public final class RunTransitions {

  private final Clock clock;

  public RunTransitions(Clock clock) {
    this.clock = clock;
  }

  /** Nothing was requested, and nothing will be until the user changes something. */
  public Transition refused(FinancialAnalysis checked, Refusal refusal) {
    Long generation = checked.getMetadata().getGeneration();
    return live -> {
      Transitions.requireGeneration(generation, live);
      Transitions.requireUnclaimed(live, null);
      return begin(live)
          .withPhase(Phase.FAILED)
          .withMessage(refusal.message())
          .withRun(RunSpecs.of(live))
          .withHandledRequests(Request.handled(live, Request.RETRY, Request.RERUN, Request.CANCEL))
          .withConditions(Conditions.stalled(said(live, refusal.reason(), refusal.message())));
    };
  }

  /** Nothing was requested yet, and nothing will be while spec.suspend stands. */
  public Transition suspended() {
    String message = "suspended by spec.suspend before a cluster was requested";
    return live -> {
      Transitions.requireUnclaimed(live, null);
      return begin(live)
          .withPhase(Phase.SUSPENDED)
          .withMessage(message)
          .withConditions(Conditions.resting(said(live, Reason.SUSPENDED, message)));
    };
  }

  /** Waits for others to end. */
  public Transition queued(FinancialAnalysis seen, String message) {
    Attempt attempt = seen.statusOrEmpty().attempt();
    return live -> {
      Transitions.requireUnclaimed(live, attempt);
      return begin(live)
          .withPhase(Phase.PENDING)
          .withMessage(message)
          .withConditions(Conditions.reconciling(said(live, Reason.QUEUED, message)));
    };
  }

  /** The results were there already; no cluster was paid. */
  public Transition reused(
      FinancialAnalysis checked, Plan plan, List<Step> steps, List<Result> outputs) {
    Long generation = checked.getMetadata().getGeneration();
    return live -> {
      Transitions.requireGeneration(generation, live);
      Transitions.requireUnclaimed(live, null);
      long rows = outputs.stream().mapToLong(Result::rows).sum();
      String message = "%d results with %d rows were there already".formatted(outputs.size(), rows);
      return begin(live)
          .withPhase(Phase.SUCCEEDED)
          .withMessage(message)
          .withRunId(plan.runId())
          .withRun(RunSpecs.of(live))
          .withHandledRequests(Request.handled(live, Request.RETRY, Request.RERUN))
          .withSteps(steps)
          .withOutputs(outputs)
          .withProgress(Progresses.of(100, steps))
          .withConditions(Conditions.ready(said(live, Reason.RESULT_REUSED, message)));
    };
  }

  /** A cluster of the object lives though status knows of none: it is taken for what it is. */
  public Transition recovered(Plan plan, List<Step> steps, Attempt attempt, EmrCluster cluster) {
    return live -> {
      Transitions.requireUnclaimed(live, null);
      String message = "found cluster %s, which the status had lost".formatted(cluster.id());
      return begin(live)
          .withPhase(Phase.PROVISIONING)
          .withMessage(message)
          .withRunId(plan.runId())
          .withRun(RunSpecs.of(live))
          .withAttempt(attempt)
          .withCluster(cluster)
          .withSteps(steps)
          .withProgress(Progresses.of(0, steps))
          .withConditions(Conditions.reconciling(said(live, Reason.RECOVERED, message)));
    };
  }

  /** An attempt that status had lost has ended; its number is not used again. */
  public Transition remembered(PastAttempt lost) {
    return live -> {
      Transitions.requireUnclaimed(live, null);
      FinancialAnalysisStatus status = begin(live);
      return status.withAttempts(PastAttempts.with(status.attempts(), lost));
    };
  }

  /** A run under way ends because the user wants it to; what is finished is kept. */
  public Transition interrupted(
      Request request, Outcome outcome, List<Step> steps, List<Result> outputs) {
    return live -> {
      FinancialAnalysisStatus status = begin(live);
      return status
          .withPhase(Phase.FINISHING)
          .withMessage(outcome.message())
          .withOutcome(outcome)
          .withSteps(steps)
          .withOutputs(outputs)
          .withProgress(
              Progresses.of(status.progress() == null ? 0 : status.progress().percent(), steps))
          .withHandledRequests(
              request == null ? status.handledRequests() : Request.handled(live, request))
          .withConditions(Conditions.reconciling(said(live, outcome.reason(), outcome.message())));
    };
  }

  /** The requests have nothing to do. */
  public Transition handled(Request... requests) {
    return live -> begin(live).withHandledRequests(Request.handled(live, requests));
  }

  /** The end of a run is history: the object stands where a new one does, but for that. */
  public Transition renewed() {
    return live -> {
      FinancialAnalysisStatus status = begin(live);
      String message = "another run begins";
      return FinancialAnalysisStatus.EMPTY
          .withObservedGeneration(status.observedGeneration())
          .withPhase(Phase.PENDING)
          .withMessage(message)
          .withAttempts(PastAttempts.with(status))
          .withHandledRequests(status.handledRequests())
          .withConditions(Conditions.reconciling(said(live, Reason.RENEWED, message)));
    };
  }

  /** What the step's log says at its end, when it has come. */
  public Transition explained(String log) {
    return live -> {
      FinancialAnalysisStatus status = begin(live);
      return status.outcome() == null ? status : status.withOutcome(status.outcome().withLog(log));
    };
  }

  /** The object is deleted, and waits for its cluster. */
  public Transition deleting(Reason reason, String message) {
    return live ->
        begin(live)
            .withMessage(message)
            .withConditions(Conditions.reconciling(said(live, reason, message)));
  }

  private static FinancialAnalysisStatus begin(FinancialAnalysis live) {
    return Transitions.begin(live);
  }

  private Said said(FinancialAnalysis live, Reason reason, String message) {
    return Said.of(live, clock, reason, message);
  }
}
