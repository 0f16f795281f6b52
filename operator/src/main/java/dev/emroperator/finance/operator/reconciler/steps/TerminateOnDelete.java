package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.EmrService;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.reconciler.Deletion;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;

/**
 * Lets an object go when EMR says that its cluster is going, or when the object itself, read live,
 * shows that none was ever asked for.
 */
public record TerminateOnDelete(
    KubernetesClient kubernetes, Accounts accounts, Timing timing, Clock clock)
    implements Deletion {

  @Override
  public boolean mayGo(FinancialAnalysis object) {
    FinancialAnalysis live = kubernetes.resource(object).get();
    if (live == null) {
      return true;
    }
    FinancialAnalysisStatus status = live.statusOrEmpty();
    if (Deletion.leftNothing(status)) {
      return true;
    }
    EmrService emr = accounts.of(live.getSpec().environment()).emr();
    return status.cluster() == null
        ? unnamed(emr, status.attempt())
        : NamedClusters.terminateLive(
            emr, emr.describeCluster(status.cluster().id()).stream().toList());
  }

  /** The request may have left although no id came back, so nobody goes before that is settled. */
  private boolean unnamed(EmrService emr, Attempt attempt) {
    List<ClusterSummary> found = NamedClusters.of(emr, attempt.name(), attempt.intendedAt());
    boolean allGoing = NamedClusters.terminateLive(emr, found);
    boolean settled = clock.instant().isAfter(attempt.intendedAt().plus(timing.settleWithin()));
    return allGoing && (settled || !found.isEmpty());
  }
}
