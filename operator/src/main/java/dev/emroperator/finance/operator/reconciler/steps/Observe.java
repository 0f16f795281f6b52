package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.Deadlines;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.status.Transitions;
import dev.emroperator.finance.operator.status.Transitions.Observation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at the cluster and at the job's progress, and says when there is an end to look into. */
public record Observe(
    Accounts accounts,
    RunRecords records,
    FirstLooks looks,
    Timing timing,
    Transitions transitions,
    Clock clock)
    implements Step {

  @Override
  public Decision take(FinancialAnalysis object) {
    Account account = accounts.of(object.getSpec().environment());
    FinancialAnalysisStatus status = object.getStatus();
    Optional<ClusterSummary> found = account.sweep().find(status.cluster().id());
    if (found.isEmpty()) {
      return Clusters.mayStillAppear(status.attempt(), clock.instant())
          ? Decision.lookAgain(timing.sweepInterval())
          : ended(
              object, Reason.CLUSTER_LOST, "EMR no longer knows cluster " + status.cluster().id());
    }
    ClusterSummary cluster = found.get();
    if (cluster.knownState().isLeaving()) {
      return Decision.proceed();
    }
    Optional<Decision> overdue = overdue(object, cluster);
    if (overdue.isPresent()) {
      return overdue.get();
    }
    if (cluster.knownState().isProvisioning()) {
      return provisioning(status, cluster);
    }
    Duration first = looks.after(object, timing.progressInterval());
    if (status.phase() == Phase.RUNNING && !first.isZero()) {
      return Decision.lookAgain(first);
    }
    Optional<ProgressRecord> progress = records.progress(object, account.store());
    if (progress.map(ProgressRecord::finished).orElse(false)) {
      return Decision.proceed();
    }
    return running(status, cluster, progress);
  }

  private Optional<Decision> overdue(FinancialAnalysis object, ClusterSummary cluster) {
    Deadlines deadlines = object.getSpec().deadlines();
    Instant asked = object.getStatus().attempt().intendedAt();
    Instant now = clock.instant();
    if (now.isAfter(asked.plus(TimeSpan.parse(deadlines.total())))) {
      return Optional.of(
          ended(
              object,
              Reason.DEADLINE_EXCEEDED,
              "not done within spec.deadlines.total, " + deadlines.total()));
    }
    if (cluster.knownState().isProvisioning()
        && now.isAfter(asked.plus(TimeSpan.parse(deadlines.start())))) {
      return Optional.of(
          ended(
              object,
              Reason.START_DEADLINE_EXCEEDED,
              "cluster %s did not start within spec.deadlines.start, %s: %s"
                  .formatted(cluster.id(), deadlines.start(), cluster.reasonMessage())));
    }
    return Optional.empty();
  }

  private Decision ended(FinancialAnalysis object, Reason reason, String message) {
    FinancialAnalysisStatus status = object.getStatus();
    Outcome outcome =
        new Outcome(clock.instant().truncatedTo(ChronoUnit.SECONDS), false, reason, message);
    return Decision.lookAgain(
        transitions.concluded(outcome, status.cluster(), status.steps(), status.outputs()),
        Duration.ofMillis(1));
  }

  private Decision provisioning(FinancialAnalysisStatus status, ClusterSummary cluster) {
    String message =
        "cluster %s is %s%s"
            .formatted(
                cluster.id(),
                cluster.state().toLowerCase(java.util.Locale.ROOT),
                cluster.reasonMessage() == null ? "" : ": " + cluster.reasonMessage());
    return Decision.lookAgain(
        transitions.observed(
            new Observation(
                Phase.PROVISIONING,
                Clusters.updated(status.cluster(), cluster),
                status.steps(),
                0,
                null,
                message)),
        timing.sweepInterval());
  }

  private Decision running(
      FinancialAnalysisStatus status, ClusterSummary cluster, Optional<ProgressRecord> progress) {
    EmrCluster updated = Clusters.updated(status.cluster(), cluster);
    List<FinancialAnalysisStatus.Step> steps =
        progress.map(p -> merged(status.steps(), p)).orElse(status.steps());
    String message =
        progress.map(p -> heartbeat(p).orElseGet(() -> told(steps))).orElse("the job is starting")
            + " (cluster "
            + cluster.id()
            + ")";
    return Decision.lookAgain(
        transitions.observed(
            new Observation(
                Phase.RUNNING,
                updated,
                steps,
                progress.map(ProgressRecord::percent).orElse(0),
                progress.flatMap(this::eta).orElse(null),
                message)),
        timing.progressInterval());
  }

  private Optional<String> heartbeat(ProgressRecord progress) {
    Instant last = Instant.parse(progress.at());
    return clock.instant().isAfter(last.plus(timing.heartbeatWithin()))
        ? Optional.of("no heartbeat from the job since " + last.truncatedTo(ChronoUnit.SECONDS))
        : Optional.empty();
  }

  /** A job that fell silent does not go on as it went. */
  private Optional<Instant> eta(ProgressRecord progress) {
    return Optional.ofNullable(progress.eta())
        .filter(told -> heartbeat(progress).isEmpty())
        .map(Instant::parse);
  }

  private static String told(List<FinancialAnalysisStatus.Step> steps) {
    return steps.stream()
        .filter(step -> step.state() != StepState.PENDING)
        .map(
            step ->
                step.state() == StepState.FAILED || step.state() == StepState.SKIPPED
                    ? step.name() + " " + step.state().name().toLowerCase(java.util.Locale.ROOT)
                    : step.name() + " " + step.percent() + " %")
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", "), s -> s.isEmpty() ? "the job is starting" : s));
  }

  /** Steps as the job tells, but never less than they were: a late word changes nothing. */
  private static List<FinancialAnalysisStatus.Step> merged(
      List<FinancialAnalysisStatus.Step> known, ProgressRecord progress) {
    return known.stream()
        .map(
            step ->
                progress.steps().stream()
                    .filter(told -> told.name().equals(step.name()))
                    .filter(told -> told.state().compareTo(step.state()) >= 0)
                    .findFirst()
                    .map(
                        told ->
                            step.withState(told.state())
                                .withPercent(Math.max(step.percent(), told.percent())))
                    .orElse(step))
        .toList();
  }
}
