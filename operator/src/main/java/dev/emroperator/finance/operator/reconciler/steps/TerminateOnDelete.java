package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.reconciler.Deletion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Lets an object go when EMR says that its cluster is going, or when the object itself, read live,
 * shows that none was ever asked for.
 *
 * @param liveRead the object as the API server has it now, null when it is gone
 */
public record TerminateOnDelete(
    UnaryOperator<FinancialAnalysis> liveRead, Accounts accounts, Timing timing, Clock clock)
    implements Deletion {

  @Override
  public boolean mayGo(FinancialAnalysis object) {
    FinancialAnalysis live = liveRead.apply(object);
    if (live == null) {
      return true;
    }
    FinancialAnalysisStatus status = live.statusOrEmpty();
    if (Deletion.leftNothing(status)) {
      return true;
    }
    Account account = accounts.of(live.getSpec().environment());
    return status.cluster() == null
        ? unnamed(account, status.attempt())
        : named(account, status.cluster().id(), status.attempt());
  }

  private boolean named(Account account, String id, Attempt attempt) {
    Optional<ClusterSummary> cluster = account.sweep().find(id);
    if (cluster.isEmpty()) {
      return !Clusters.mayStillAppear(attempt, clock.instant());
    }
    return NamedClusters.terminateLive(account.emr(), List.of(cluster.get()));
  }

  /** The request may have left although no id came back, so nobody goes before that is settled. */
  private boolean unnamed(Account account, Attempt attempt) {
    Instant settledAt = attempt.intendedAt().plus(timing.settleWithin());
    boolean settled = clock.instant().isAfter(settledAt);
    List<ClusterSummary> found =
        NamedClusters.of(
            account.sweep(),
            attempt.name(),
            attempt.intendedAt(),
            settled ? settledAt : attempt.intendedAt());
    boolean allGoing = NamedClusters.terminateLive(account.emr(), found);
    return allGoing && (settled || !found.isEmpty());
  }
}
