package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.reconciler.Deletion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an object go when EMR says that its cluster is going, or when the object itself, read live,
 * shows that none was ever asked for. Where EMR can't be asked any more, the user may give the
 * cluster up by name.
 *
 * @param liveRead the object as the API server has it now, null when it is gone
 */
public record TerminateOnDelete(
    UnaryOperator<FinancialAnalysis> liveRead, Accounts accounts, Timing timing, Clock clock)
    implements Deletion {

  /** Its value is the id of the cluster, or the attempt's name where no id is known. */
  public static final String ABANDON = FinancialAnalysis.GROUP + "/abandon-cluster";

  private static final Logger LOG = LoggerFactory.getLogger(TerminateOnDelete.class);

  @Override
  public Optional<String> waitsFor(FinancialAnalysis object) {
    FinancialAnalysis live = liveRead.apply(object);
    boolean gone =
        live == null || !object.getMetadata().getUid().equals(live.getMetadata().getUid());
    if (gone) {
      return Optional.empty();
    }
    FinancialAnalysisStatus status = live.statusOrEmpty();
    if (Deletion.leftNothing(status)) {
      return Optional.empty();
    }
    String cluster = status.cluster() == null ? status.attempt().name() : status.cluster().id();
    if (cluster.equals(annotation(live))) {
      LOG.warn("{}: cluster {} is abandoned, as asked", live.qualifiedName(), cluster);
      return Optional.empty();
    }
    try {
      // A spec that this version can't read has no environment, and the user is told so.
      Account account = accounts.of(live.getSpec() == null ? "" : live.getSpec().environment());
      return status.cluster() == null
          ? unnamed(account, status.attempt())
          : named(account, status.cluster().id(), status.attempt());
    } catch (EmrException | IllegalStateException e) {
      throw new Blocked(remedy(status, cluster, e), e);
    }
  }

  private Optional<String> named(Account account, String id, Attempt attempt) {
    Optional<ClusterSummary> cluster = account.sweep().find(id);
    boolean gone =
        cluster
            .map(c -> NamedClusters.terminateLive(account.emr(), List.of(c)))
            .orElseGet(() -> !Clusters.mayStillAppear(attempt, clock.instant()));
    return gone ? Optional.empty() : Optional.of("waiting for the end of cluster " + id);
  }

  /** The request may have left although no id came back, so nobody goes before that is settled. */
  private Optional<String> unnamed(Account account, Attempt attempt) {
    Instant settledAt = attempt.intendedAt().plus(timing.settleWithin());
    boolean settled = clock.instant().isAfter(settledAt);
    List<ClusterSummary> found =
        NamedClusters.of(
            account.sweep(),
            attempt.name(),
            attempt.intendedAt(),
            settled ? settledAt : attempt.intendedAt());
    boolean allGoing = NamedClusters.terminateLive(account.emr(), found);
    return allGoing && (settled || !found.isEmpty())
        ? Optional.empty()
        : Optional.of("looking for the cluster that was asked for as " + attempt.name());
  }

  private static String annotation(FinancialAnalysis live) {
    Map<String, String> annotations = live.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(ABANDON);
  }

  private static String remedy(FinancialAnalysisStatus status, String cluster, RuntimeException e) {
    String console = status.cluster() == null ? "" : " (" + status.cluster().console() + ")";
    return ("cluster %s%s can't be ended: %s. Give the operator its access back; or see to it that"
            + " the cluster ends, and let the object go by the annotation %s: %s")
        .formatted(cluster, console, e.getMessage(), ABANDON, cluster);
  }
}
