package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Result;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.ErrorReport;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.EmrService.StepSummary;
import dev.emroperator.finance.operator.inputs.Refusal;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.s3.ObjectStore;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out how the work ended. Success is every step COMPLETED and every manifest there, whatever
 * the cluster says of itself.
 */
public record Collect(
    Accounts accounts,
    RunRecords records,
    CurrentPointer pointer,
    Timing timing,
    Transitions transitions,
    Clock clock)
    implements Step {

  @Override
  public Decision take(FinancialAnalysis object) {
    Account account = accounts.of(object.getSpec().environment());
    FinancialAnalysisStatus status = object.getStatus();
    String clusterId = status.cluster().id();
    List<StepSummary> emrSteps = account.emr().listSteps(clusterId);
    ClusterSummary cluster = account.sweep().find(clusterId).orElse(null);
    boolean gone = cluster == null || cluster.knownState().hasEnded();
    if (!gone && emrSteps.stream().anyMatch(StepSummary::isActive)) {
      return Decision.lookAgain(timing.sweepInterval());
    }
    EmrCluster known =
        cluster == null ? status.cluster() : Clusters.updated(status.cluster(), cluster);
    EmrCluster described = emrSteps.isEmpty() ? known : known.withStepId(emrSteps.get(0).id());
    Ends ends = ends(object, account.store());
    boolean completed = !emrSteps.isEmpty() && emrSteps.stream().allMatch(StepSummary::isCompleted);
    boolean succeeded = completed && ends.results().size() == object.getSpec().analyses().size();
    if (succeeded) {
      ends.results().forEach(result -> pointer.move(object, result, account.store()));
    }
    Outcome outcome =
        succeeded ? success(ends.results()) : failure(object, account, emrSteps, cluster, ends);
    return Decision.proceed(
        transitions.concluded(outcome, described, ends.steps(), ends.results()));
  }

  /** How each analysis ended. */
  private record Ends(List<FinancialAnalysisStatus.Step> steps, List<Result> results) {}

  private Ends ends(FinancialAnalysis object, ObjectStore store) {
    List<FinancialAnalysisStatus.Step> steps = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    for (FinancialAnalysisStatus.Step step : object.getStatus().steps()) {
      Optional<Manifest> manifest = records.manifest(object, step.name(), store);
      if (manifest.isPresent()) {
        Result result = result(object, manifest.get());
        results.add(result);
        steps.add(
            step.withState(StepState.SUCCEEDED)
                .withPercent(100)
                .withRows(result.rows())
                .withOutput(result.path())
                .withCause(null));
      } else {
        steps.add(failed(step, records.error(object, step.name(), store)));
      }
    }
    return new Ends(steps, results);
  }

  private static Result result(FinancialAnalysis object, Manifest manifest) {
    return new Result(
        manifest.analysis(),
        Run.result(object, manifest.analysis()).toString(),
        manifest.files().size(),
        manifest.rows(),
        manifest.bytes());
  }

  private static FinancialAnalysisStatus.Step failed(
      FinancialAnalysisStatus.Step step, Optional<ErrorReport> error) {
    boolean skipped =
        error
            .map(report -> "UpstreamFailed".equals(report.kind()))
            .orElse(step.state() == StepState.PENDING);
    return step.withState(skipped ? StepState.SKIPPED : StepState.FAILED)
        .withCause(error.map(ErrorReport::message).orElse(null));
  }

  private Outcome success(List<Result> results) {
    long rows = results.stream().mapToLong(Result::rows).sum();
    return outcome(true, "Succeeded", "%d results with %d rows".formatted(results.size(), rows));
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
            false, "AnalysisFailed", "analysis '%s': %s".formatted(step.name(), step.cause()));
      }
    }
    Optional<ErrorReport> whole = records.error(object, account.store());
    if (whole.isPresent()) {
      return outcome(false, whole.get().kind(), whole.get().message());
    }
    boolean completed = !emrSteps.isEmpty() && emrSteps.stream().allMatch(StepSummary::isCompleted);
    if (completed) {
      return outcome(
          false, "ResultsMissing", "the job ended well, but not every result has its manifest");
    }
    return Causes.of(emrSteps, cluster)
        .map(cause -> outcome(false, cause.reason(), cause.message()))
        .orElseGet(() -> outcome(false, "ClusterLost", "EMR no longer knows the cluster"));
  }

  private Outcome outcome(boolean succeeded, String reason, String message) {
    return new Outcome(clock.instant().truncatedTo(ChronoUnit.SECONDS), succeeded, reason, message);
  }
}
