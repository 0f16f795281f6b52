package dev.emroperator.finance.operator.orphans;

import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;

/**
 * A cluster that costs money for nothing.
 *
 * @param hasObject true when its object is there, and needs another cluster or none
 * @param namespace of the object
 * @param name of the object
 * @param uid of the object
 * @param terminated false when the environment only wants to be told
 */
public record Finding(
    ClusterSummary cluster,
    String region,
    boolean hasObject,
    String namespace,
    String name,
    String uid,
    boolean terminated) {

  /** For people. */
  public String message() {
    String what =
        hasObject
            ? "is not the one that %s/%s needs".formatted(namespace, name)
            : "was made for %s/%s (uid %s), which is gone".formatted(namespace, name, uid);
    String then =
        terminated
            ? "it is terminated"
            : "terminate it, or set orphans: terminate in the operator's environment";
    return "cluster %s in %s %s; %s".formatted(cluster.id(), region, what, then);
  }
}
