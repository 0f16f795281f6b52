package dev.emroperator.finance.operator.orphans;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.plan.AttemptName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From facts to a verdict on a live cluster; in doubt it is left alone.
 *
 * @param installation of this operator
 * @param namespaces that it watches, empty for all
 * @param orphanAge below which a cluster without an object is left alone
 */
record Judgement(String installation, Set<String> namespaces, Duration orphanAge) {

  /**
   * Whether a cluster is worth a closer look, told from what costs nothing.
   *
   * @param known the objects that the operator knows of
   * @param live all live clusters
   */
  boolean suspects(
      ClusterSummary cluster,
      List<FinancialAnalysis> known,
      List<ClusterSummary> live,
      Instant now) {
    Optional<AttemptName> name = AttemptName.of(installation, cluster.name());
    if (name.isEmpty() || cluster.knownState().isLeaving()) {
      return false;
    }
    return known.stream()
        .filter(object -> name.get().isOf(object))
        .findFirst()
        .map(object -> isStray(cluster, name.get(), object, live))
        .orElseGet(() -> isOldEnough(cluster, now));
  }

  /** The owner of a suspect by its name and its tags, if it is ours and in our namespaces. */
  Optional<Owner> owner(ClusterSummary cluster, Map<String, String> tags) {
    return AttemptName.of(installation, cluster.name())
        .flatMap(name -> Owner.of(installation, name, tags))
        .filter(owner -> namespaces.isEmpty() || namespaces.contains(owner.namespace()));
  }

  /** The verdict on a suspect. */
  Verdict of(
      ClusterSummary cluster,
      Optional<Owner> owner,
      Lookup object,
      List<ClusterSummary> live,
      Instant now) {
    Optional<AttemptName> name = AttemptName.of(installation, cluster.name());
    if (name.isEmpty() || owner.isEmpty()) {
      return Verdict.NEIGHBOUR;
    }
    if (cluster.knownState().isLeaving()) {
      return Verdict.KEPT;
    }
    if (object instanceof Lookup.Unread) {
      return Verdict.UNKNOWN;
    }
    if (object instanceof Lookup.Found found && owner.get().is(found.object())) {
      return isStray(cluster, name.get(), found.object(), live) ? Verdict.STRAY : Verdict.KEPT;
    }
    return isOldEnough(cluster, now) ? Verdict.ORPHAN : Verdict.KEPT;
  }

  private boolean isOldEnough(ClusterSummary cluster, Instant now) {
    return cluster.createdAt() != null && cluster.createdAt().plus(orphanAge).isBefore(now);
  }

  private boolean isStray(
      ClusterSummary cluster,
      AttemptName name,
      FinancialAnalysis object,
      List<ClusterSummary> live) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    if (status.attempt() == null) {
      // Restored without its status: the search for its clusters comes first, unless it is done.
      return status.phase() != null && status.phase().isFinal();
    }
    if (status.cluster() != null && status.cluster().id().equals(cluster.id())) {
      return false;
    }
    boolean settled = status.cluster() != null || status.outcome() != null;
    return settled
        || name.number() != status.attempt().number()
        || !cluster.equals(oldest(name, live));
  }

  private ClusterSummary oldest(AttemptName name, List<ClusterSummary> live) {
    return live.stream()
        .filter(other -> AttemptName.of(installation, other.name()).equals(Optional.of(name)))
        .min(
            Comparator.comparing(
                    ClusterSummary::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(ClusterSummary::id))
        .orElse(null);
  }
}
