package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.reconciler.steps.Retries.NextAttempt;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sees the cluster off: after a success it ends by itself, else it is terminated. The outcome
 * becomes final when EMR says that the cluster is going, and the last look is when it is gone. If
 * another attempt follows, it has to wait for that.
 */
public record Retire(Accounts accounts, Timing timing, Transitions transitions, Clock clock)
    implements Step {

  /** A cluster whose step has ended goes by itself; one that hasn't by then is helped. */
  private static final Duration ENDS_BY_ITSELF = Duration.ofMinutes(1);

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  @Override
  public Decision take(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.getStatus();
    EmrCluster cluster = status.cluster();
    if (cluster == null || cluster.endedAt() != null) {
      return ended(object, cluster);
    }
    Account account = accounts.of(object.getSpec().environment());
    Optional<ClusterSummary> found = account.sweep().find(cluster.id());
    if (found.isEmpty() && Clusters.mayStillAppear(status.attempt(), clock.instant())) {
      return Decision.lookAgain(timing.sweepInterval());
    }
    if (found.isEmpty()) {
      return ended(object, cluster.withEndedAt(status.outcome().at()));
    }
    ClusterSummary seen = found.get();
    if (!seen.knownState().isLeaving()) {
      boolean help =
          !status.outcome().succeeded()
              || clock.instant().isAfter(status.outcome().at().plus(ENDS_BY_ITSELF));
      if (help) {
        account.emr().terminateJobFlows(List.of(cluster.id()));
      }
      return Decision.lookAgain(timing.sweepInterval());
    }
    EmrCluster leaving = Clusters.updated(cluster, seen);
    if (leaving.endedAt() != null) {
      return ended(object, leaving);
    }
    return Decision.lookAgain(
        Retries.next(object).isPresent()
            ? transitions.leaving(leaving)
            : transitions.retired(leaving, Retries.isHeld(object)),
        timing.sweepInterval());
  }

  private Decision ended(FinancialAnalysis object, EmrCluster cluster) {
    FinancialAnalysisStatus status = object.getStatus();
    Optional<NextAttempt> next = Retries.next(object);
    if (next.isPresent()) {
      Instant due = next.get().due(status.outcome(), cluster);
      return Decision.proceed(
          clock.instant().isBefore(due)
              ? transitions.retryScheduled(cluster, due)
              : transitions.leaving(cluster));
    }
    if (Retries.isHeld(object)) {
      return Decision.rest(transitions.retired(cluster, true));
    }
    return status.phase().isFinal()
        ? Decision.proceed(transitions.retired(cluster, false))
        : Decision.lookAgain(transitions.retired(cluster, false), AT_ONCE);
  }
}
