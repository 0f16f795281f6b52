package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.ErrorReport;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.EmrService.StepSummary;
import dev.emroperator.finance.operator.inputs.Refusal;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.reconciler.steps.Results.Ends;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out how the work ended. Success is every step COMPLETED and every manifest there, whatever
 * the cluster says of itself.
 */
public record Collect(
    Accounts accounts,
    RunRecords records,
    Results results,
    CurrentPointer pointer,
    Timing timing,
    Transitions transitions,
    Clock clock)
    implements Step {

  /**
   * What a job may give as the reason of a whole run. Whoever may write the output may write this,
   * and reasons decide about retries.
   */
  private static final Set<Reason> TOLD =
      Set.of(
          Reason.CORRUPT_FILE,
          Reason.MISSING_COLUMN,
          Reason.BAD_VALUE,
          Reason.DEADLINE_EXCEEDED,
          Reason.JOB_ERROR);

  @Override
  public Decision take(FinancialAnalysis object) {
    Account account = accounts.of(object.getSpec().environment());
    FinancialAnalysisStatus status = object.getStatus();
    String clusterId = status.cluster().id();
    ClusterSummary cluster = account.sweep().find(clusterId).orElse(null);
    List<StepSummary> emrSteps = account.emr().listSteps(clusterId);
    if (emrSteps.stream().anyMatch(StepSummary::isActive) && mayStillEnd(cluster)) {
      return Decision.lookAgain(timing.sweepInterval());
    }
    EmrCluster known =
        cluster == null ? status.cluster() : Clusters.updated(status.cluster(), cluster);
    EmrCluster described = emrSteps.isEmpty() ? known : known.withStepId(emrSteps.get(0).id());
    Ends ends = results.of(object, account.store());
    boolean completed = !emrSteps.isEmpty() && emrSteps.stream().allMatch(StepSummary::isCompleted);
    boolean succeeded = completed && ends.isComplete();
    if (succeeded) {
      pointer.move(object, status.runId(), ends.results(), account.store());
    }
    Outcome outcome =
        succeeded ? ends.success(now()) : failure(object, account, emrSteps, cluster, ends);
    return Decision.proceed(
        transitions.concluded(outcome, described, ends.steps(), ends.results()));
  }

  /** EMR may know that a cluster has ended before it knows how its steps did. */
  private boolean mayStillEnd(ClusterSummary cluster) {
    if (cluster == null) {
      return false;
    }
    Instant ended = cluster.knownState().hasEnded() ? cluster.endedAt() : clock.instant();
    return ended != null && clock.instant().isBefore(ended.plus(timing.settleWithin()));
  }

  private Outcome failure(
      FinancialAnalysis object,
      Account account,
      List<StepSummary> emrSteps,
      ClusterSummary cluster,
      Ends ends) {
    Optional<Refusal> machines = Causes.ofMachines(cluster);
    if (machines.isPresent()) {
      return outcome(false, machines.get().reason(), machines.get().message());
    }
    for (FinancialAnalysisStatus.Step step : ends.steps()) {
      if (step.state() == StepState.FAILED && step.cause() != null) {
        return outcome(
            false,
            Reason.ANALYSIS_FAILED,
            "analysis '%s': %s".formatted(step.name(), step.cause()));
      }
    }
    Optional<ErrorReport> whole = records.error(object, account.store());
    if (whole.isPresent()) {
      Reason kind = Reason.of(whole.get().kind());
      return outcome(false, TOLD.contains(kind) ? kind : Reason.JOB_ERROR, whole.get().message());
    }
    boolean completed = !emrSteps.isEmpty() && emrSteps.stream().allMatch(StepSummary::isCompleted);
    if (completed) {
      return outcome(
          false,
          Reason.RESULTS_MISSING,
          "the job ended well, but not every result has its manifest");
    }
    return Causes.of(emrSteps, cluster)
        .map(cause -> outcome(false, cause.reason(), cause.message()))
        .orElseGet(() -> outcome(false, Reason.CLUSTER_LOST, "EMR no longer knows the cluster"));
  }

  private Outcome outcome(boolean succeeded, Reason reason, String message) {
    return new Outcome(now(), succeeded, reason, message);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
