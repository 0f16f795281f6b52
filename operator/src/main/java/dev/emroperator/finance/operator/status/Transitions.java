package dev.emroperator.finance.operator.status;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Result;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Step;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.plan.RunSpecs;
import dev.emroperator.finance.operator.status.Conditions.Said;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Every change of status on the way of an attempt, in its order. */
public final class Transitions {

  private final Clock clock;

  public Transitions(Clock clock) {
    this.clock = clock;
  }

  /**
   * Something outside stands in the way for now; the phase stays, and a final word is not taken
   * back.
   */
  public Transition hindered(Reason reason, String message) {
    return live -> {
      FinancialAnalysisStatus before = live.statusOrEmpty();
      boolean hasEnded =
          before.phase() == Phase.SUCCEEDED
              || before.phase() == Phase.FAILED && before.outcome() != null;
      if (hasEnded) {
        return before;
      }
      // An object that nobody has claimed yet may have lost its status: see Recover.
      return begin(live)
          .withObservedGeneration(
              before.attempt() == null
                  ? before.observedGeneration()
                  : live.getMetadata().getGeneration())
          .withPhase(before.attempt() == null ? Phase.PENDING : before.phase())
          .withMessage(message)
          .withConditions(Conditions.reconciling(said(live, reason, message)));
    };
  }

  /**
   * The intent, written before the request. Only one process can write it, and only for what it has
   * checked: the generation, no deletion, and no other intent.
   */
  public Transition claimed(
      FinancialAnalysis checked, Plan plan, List<Step> steps, Attempt attempt) {
    Long generation = checked.getMetadata().getGeneration();
    return live -> {
      requireGeneration(generation, live);
      requireUnclaimed(live, null);
      String message = "asking EMR for a cluster";
      return begin(live)
          .withPhase(Phase.PROVISIONING)
          .withMessage(message)
          .withRunId(plan.runId())
          .withRun(RunSpecs.of(live))
          .withHandledRequests(Request.handled(live, Request.RETRY, Request.RERUN))
          .withAttempt(attempt)
          .withSteps(steps)
          .withProgress(Progresses.of(share(steps), steps))
          .withConditions(Conditions.reconciling(said(live, Reason.REQUESTED, message)));
    };
  }

  /** The same attempt is asked for again, because its first request left no cluster behind. */
  public Transition reclaimed(Attempt before, Attempt after) {
    return live -> {
      requireUnclaimed(live, before);
      return live.getStatus().withAttempt(after);
    };
  }

  /** The job has been told of another deadline. */
  public Transition extended(Attempt attempt, Instant deadline) {
    return live -> {
      if (!attempt.equals(live.statusOrEmpty().attempt())) {
        throw new Transition.Overtaken("the attempt is no longer the current one");
      }
      return begin(live).withAttempt(attempt.withDeadline(deadline));
    };
  }

  /** A failed attempt is followed by another one, later. */
  public Transition retryScheduled(EmrCluster ended, Instant due) {
    return live -> {
      FinancialAnalysisStatus status = begin(live);
      String message =
          "attempt %d failed: %s; attempt %d begins at %s"
              .formatted(
                  status.attempt().number(),
                  status.outcome().message(),
                  status.attempt().number() + 1,
                  due);
      return status
          .withPhase(Phase.PENDING)
          .withMessage(message)
          .withCluster(ended)
          .withConditions(Conditions.reconciling(said(live, Reason.RETRY_SCHEDULED, message)));
    };
  }

  /** The intent of the next attempt; what earlier ones have finished stays. */
  public Transition claimedAgain(FinancialAnalysis seen, List<Step> steps, Attempt next) {
    Attempt before = seen.getStatus().attempt();
    Long generation = seen.getMetadata().getGeneration();
    return live -> {
      requireGeneration(generation, live);
      requireUnclaimed(live, before);
      if (live.getStatus().outcome() == null) {
        throw new Transition.Overtaken("the attempt before has no outcome any more");
      }
      FinancialAnalysisStatus status = begin(live);
      String message = "asking EMR for a cluster, attempt " + next.number();
      List<Step> left = steps.stream().map(Transitions::again).toList();
      return status
          .withPhase(Phase.PROVISIONING)
          .withMessage(message)
          .withHandledRequests(Request.handled(live, Request.RETRY))
          .withAttempt(next)
          .withAttempts(PastAttempts.with(status))
          .withCluster(null)
          .withOutcome(null)
          .withOutputs(List.of())
          .withSteps(left)
          .withProgress(Progresses.of(share(left), left))
          .withConditions(Conditions.reconciling(said(live, Reason.REQUESTED, message)));
    };
  }

  private static Step again(Step step) {
    return step.output() == null
        ? step.withState(StepState.PENDING).withPercent(0).withCause(null)
        : step;
  }

  /** EMR has given the cluster of the attempt an id. */
  public Transition launched(Attempt attempt, EmrCluster cluster) {
    return live -> {
      if (!attempt.name().equals(currentAttempt(live).name())) {
        throw new Transition.Overtaken("the attempt is no longer the current one");
      }
      String message = "cluster %s is starting".formatted(cluster.id());
      return begin(live)
          .withCluster(cluster)
          .withMessage(message)
          .withConditions(Conditions.reconciling(said(live, Reason.PROVISIONING, message)));
    };
  }

  /**
   * What was seen of a cluster and its job; nothing has ended yet. An end that moves a little is
   * told with the next thing that changes.
   */
  public Transition observed(Observation seen) {
    return live -> {
      FinancialAnalysisStatus before = live.statusOrEmpty();
      Instant shown = before.progress() == null ? null : before.progress().eta();
      Instant eta = Progresses.minute(seen.eta());
      FinancialAnalysisStatus next = observed(seen, shown, live);
      boolean isTold = !next.equals(before) || Progresses.hasMoved(shown, eta, clock.instant());
      return isTold ? observed(seen, eta, live) : before;
    };
  }

  private FinancialAnalysisStatus observed(Observation seen, Instant eta, FinancialAnalysis live) {
    FinancialAnalysisStatus status = begin(live);
    int before = percent(status);
    return status
        .withPhase(seen.phase())
        .withMessage(seen.message())
        .withCluster(seen.cluster())
        .withSteps(seen.steps())
        .withProgress(Progresses.of(Math.max(before, seen.percent()), seen.steps(), eta))
        .withConditions(
            Conditions.reconciling(
                said(
                    live,
                    seen.phase() == Phase.RUNNING ? Reason.RUNNING : Reason.PROVISIONING,
                    seen.message())));
  }

  /**
   * What was seen at one moment.
   *
   * @param eta when the job is done, as it told; null where it did not
   */
  public record Observation(
      Phase phase,
      EmrCluster cluster,
      List<Step> steps,
      int percent,
      Instant eta,
      String message) {}

  /** How the work ended is known; the cluster may still be there. */
  public Transition concluded(
      Outcome outcome, EmrCluster cluster, List<Step> steps, List<Result> outputs) {
    return live -> {
      FinancialAnalysisStatus status = begin(live);
      int percent = outcome.succeeded() ? 100 : percent(status);
      return status
          .withPhase(Phase.FINISHING)
          .withOutcome(outcome)
          .withMessage(outcome.message())
          .withCluster(cluster)
          .withSteps(steps)
          .withOutputs(outputs)
          .withProgress(Progresses.of(percent, steps))
          .withConditions(Conditions.reconciling(said(live, outcome.reason(), outcome.message())));
    };
  }

  private static int percent(FinancialAnalysisStatus status) {
    return status.progress() == null ? 0 : status.progress().percent();
  }

  /** The cluster is going; the outcome is not final until it is gone. */
  public Transition leaving(EmrCluster cluster) {
    return live -> begin(live).withCluster(cluster);
  }

  /**
   * The cluster is gone or going, or there never was one: the outcome is final, unless the user
   * asked for a rest and there is more to do.
   *
   * @param held true when another attempt would follow, but for spec.suspend
   */
  public Transition retired(EmrCluster cluster, boolean held) {
    return live -> {
      Outcome outcome = live.getStatus().outcome();
      Said said = said(live, outcome.reason(), outcome.message());
      return begin(live)
          .withPhase(outcome.succeeded() ? Phase.SUCCEEDED : held ? Phase.SUSPENDED : Phase.FAILED)
          .withMessage(outcome.message())
          .withCluster(cluster)
          .withConditions(
              outcome.succeeded()
                  ? Conditions.ready(said)
                  : held ? Conditions.resting(said) : Conditions.stalled(said));
    };
  }

  static FinancialAnalysisStatus begin(FinancialAnalysis live) {
    return live.statusOrEmpty().withObservedGeneration(live.getMetadata().getGeneration());
  }

  private Said said(FinancialAnalysis live, Reason reason, String message) {
    return Said.of(live, clock, reason, message);
  }

  private static Attempt currentAttempt(FinancialAnalysis live) {
    Attempt attempt = live.statusOrEmpty().attempt();
    if (attempt == null) {
      throw new Transition.Overtaken("the status was wiped");
    }
    return attempt;
  }

  /** What was checked must be what is. */
  static void requireGeneration(Long checked, FinancialAnalysis live) {
    if (!Objects.equals(checked, live.getMetadata().getGeneration())) {
      throw new Transition.Overtaken("the spec changed while it was checked");
    }
  }

  /** An intent may only follow the state of things that it was made for. */
  static void requireUnclaimed(FinancialAnalysis live, Attempt before) {
    if (live.isMarkedForDeletion()) {
      throw new Transition.Overtaken("the object is being deleted");
    }
    if (!Objects.equals(before, live.statusOrEmpty().attempt())) {
      throw new Transition.Overtaken("another process has claimed the object");
    }
  }

  private static int share(List<Step> steps) {
    return 100 * Progresses.finished(steps) / Math.max(1, steps.size());
  }
}
