package dev.emroperator.finance.operator.status;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.FinancialAnalysisStatus.PastAttempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Progress;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Result;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Step;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.inputs.Refusal;
import dev.emroperator.finance.operator.status.Conditions.Said;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Every change of status that there is, in the order of the way of an analysis. */
public final class Transitions {

  private static final int PAST_ATTEMPTS = 10;

  private final Clock clock;

  public Transitions(Clock clock) {
    this.clock = clock;
  }

  /** Nothing was requested, and nothing will be until the user changes something. */
  public Transition refused(Refusal refusal) {
    return live ->
        begin(live)
            .withPhase(Phase.FAILED)
            .withMessage(refusal.message())
            .withConditions(Conditions.stalled(said(live, refusal.reason(), refusal.message())));
  }

  /**
   * Something outside stands in the way for now; the phase stays, and a final word is not taken
   * back.
   */
  public Transition hindered(String reason, String message) {
    return live -> {
      Phase phase = live.statusOrEmpty().phase();
      if (phase != null && phase.isFinal() && live.statusOrEmpty().outcome() != null) {
        return live.getStatus();
      }
      FinancialAnalysisStatus status = begin(live);
      return status
          .withPhase(status.phase() == null ? Phase.PENDING : status.phase())
          .withMessage(message)
          .withConditions(Conditions.reconciling(said(live, reason, message)));
    };
  }

  /**
   * The intent, written before the request. Only one process can write it, and only for what it has
   * checked: the generation, no deletion, and no other intent.
   */
  public Transition claimed(FinancialAnalysis checked, Plan plan, Attempt attempt) {
    Long generation = checked.getMetadata().getGeneration();
    Attempt before = checked.statusOrEmpty().attempt();
    return live -> {
      if (!Objects.equals(generation, live.getMetadata().getGeneration())) {
        throw new Transition.Overtaken("the spec changed while it was checked");
      }
      requireUnclaimed(live, before);
      String message = "asking EMR for a cluster";
      List<Step> steps =
          plan.analyses().stream()
              .map(a -> new Step(a.name(), StepState.PENDING, 0, null, null, null))
              .toList();
      return begin(live)
          .withPhase(Phase.PROVISIONING)
          .withMessage(message)
          .withRunId(plan.runId())
          .withAttempt(attempt)
          .withSteps(steps)
          .withProgress(progress(0, steps))
          .withConditions(Conditions.reconciling(said(live, "Requested", message)));
    };
  }

  /** The same attempt is asked for again, because its first request left no cluster behind. */
  public Transition reclaimed(Attempt before, Attempt after) {
    return live -> {
      requireUnclaimed(live, before);
      return live.getStatus().withAttempt(after);
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
          .withConditions(Conditions.reconciling(said(live, "RetryScheduled", message)));
    };
  }

  /** The intent of the next attempt; what earlier ones have finished stays. */
  public Transition claimedAgain(FinancialAnalysis seen, Attempt next) {
    Attempt before = seen.getStatus().attempt();
    return live -> {
      requireUnclaimed(live, before);
      if (live.getStatus().outcome() == null) {
        throw new Transition.Overtaken("the attempt before has no outcome any more");
      }
      FinancialAnalysisStatus status = begin(live);
      String message = "asking EMR for a cluster, attempt " + next.number();
      List<Step> steps = status.steps().stream().map(Transitions::again).toList();
      return status
          .withPhase(Phase.PROVISIONING)
          .withMessage(message)
          .withAttempt(next)
          .withAttempts(withPast(status))
          .withCluster(null)
          .withOutcome(null)
          .withOutputs(List.of())
          .withSteps(steps)
          .withProgress(progress(100 * finished(steps) / Math.max(1, steps.size()), steps))
          .withConditions(Conditions.reconciling(said(live, "Requested", message)));
    };
  }

  private static Step again(Step step) {
    return step.output() == null
        ? step.withState(StepState.PENDING).withPercent(0).withCause(null)
        : step;
  }

  private static List<PastAttempt> withPast(FinancialAnalysisStatus status) {
    EmrCluster cluster = status.cluster();
    PastAttempt past =
        new PastAttempt(
            status.attempt().number(),
            cluster == null ? null : cluster.id(),
            status.attempt().intendedAt(),
            cluster == null ? null : cluster.endedAt(),
            status.outcome().reason(),
            status.outcome().message());
    Stream<PastAttempt> all = Stream.concat(status.attempts().stream(), Stream.of(past));
    return all.skip(Math.max(0, status.attempts().size() + 1 - PAST_ATTEMPTS)).toList();
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
          .withConditions(Conditions.reconciling(said(live, "Provisioning", message)));
    };
  }

  /** What was seen of a cluster and its job; nothing has ended yet. */
  public Transition observed(Observation seen) {
    return live -> {
      FinancialAnalysisStatus status = begin(live);
      int before = status.progress() == null ? 0 : status.progress().percent();
      return status
          .withPhase(seen.phase())
          .withMessage(seen.message())
          .withCluster(seen.cluster())
          .withSteps(seen.steps())
          .withProgress(progress(Math.max(before, seen.percent()), seen.steps()))
          .withConditions(
              Conditions.reconciling(
                  said(
                      live,
                      seen.phase() == Phase.RUNNING ? "Running" : "Provisioning",
                      seen.message())));
    };
  }

  /** What was seen at one moment. */
  public record Observation(
      Phase phase, EmrCluster cluster, List<Step> steps, int percent, String message) {}

  /** How the work ended is known; the cluster may still be there. */
  public Transition concluded(
      Outcome outcome, EmrCluster cluster, List<Step> steps, List<Result> outputs) {
    return live -> {
      FinancialAnalysisStatus status = begin(live);
      int percent = outcome.succeeded() ? 100 : status.progress().percent();
      return status
          .withPhase(Phase.FINISHING)
          .withOutcome(outcome)
          .withMessage(outcome.message())
          .withCluster(cluster)
          .withSteps(steps)
          .withOutputs(outputs)
          .withProgress(progress(percent, steps))
          .withConditions(Conditions.reconciling(said(live, outcome.reason(), outcome.message())));
    };
  }

  /** The cluster is going; the outcome is not final until it is gone. */
  public Transition leaving(EmrCluster cluster) {
    return live -> begin(live).withCluster(cluster);
  }

  /** The cluster is gone or going, or there never was one: the outcome is final. */
  public Transition retired(EmrCluster cluster) {
    return live -> {
      Outcome outcome = live.getStatus().outcome();
      Said said = said(live, outcome.reason(), outcome.message());
      return begin(live)
          .withPhase(outcome.succeeded() ? Phase.SUCCEEDED : Phase.FAILED)
          .withMessage(outcome.message())
          .withCluster(cluster)
          .withConditions(outcome.succeeded() ? Conditions.ready(said) : Conditions.stalled(said));
    };
  }

  private FinancialAnalysisStatus begin(FinancialAnalysis live) {
    return live.statusOrEmpty().withObservedGeneration(live.getMetadata().getGeneration());
  }

  private Said said(FinancialAnalysis live, String reason, String message) {
    return new Said(
        live.statusOrEmpty().conditions(),
        live.getMetadata().getGeneration(),
        now(),
        reason,
        message);
  }

  private Instant now() {
    return clock.instant();
  }

  private static Attempt currentAttempt(FinancialAnalysis live) {
    Attempt attempt = live.statusOrEmpty().attempt();
    if (attempt == null) {
      throw new Transition.Overtaken("the status was wiped");
    }
    return attempt;
  }

  /** An intent may only follow the state of things that it was made for. */
  private static void requireUnclaimed(FinancialAnalysis live, Attempt before) {
    if (live.isMarkedForDeletion()) {
      throw new Transition.Overtaken("the object is being deleted");
    }
    if (!Objects.equals(before, live.statusOrEmpty().attempt())) {
      throw new Transition.Overtaken("another process has claimed the object");
    }
  }

  private static Progress progress(int percent, List<Step> steps) {
    int completed = finished(steps);
    int total = steps.size();
    return new Progress(percent, completed, total, completed + "/" + total, percent + "%");
  }

  private static int finished(List<Step> steps) {
    return (int) steps.stream().filter(s -> s.state() == StepState.SUCCEEDED).count();
  }
}
