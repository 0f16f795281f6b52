package dev.emroperator.finance.operator.process;

import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.OperatorConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that the operator does in Kubernetes, in RBAC's words.
 *
 * @param group API group, empty for the core
 * @param resource plural, with its subresource as in {@code financialanalyses/status}
 * @param namespace null for all
 * @param name of the only object that it is needed for; null for all
 */
record Right(String verb, String group, String resource, String namespace, String name) {

  static final String ANALYSES = "financialanalyses";

  /** All that is needed; the chart's rbac.yaml grants the same. */
  static List<Right> needed(OperatorConfig config, String leaseNamespace) {
    List<Right> needed = new ArrayList<>();
    if (config.watchNamespaces().isEmpty()) {
      needed.addAll(onObjects(null));
    }
    config.watchNamespaces().forEach(namespace -> needed.addAll(onObjects(namespace)));
    if (leaseNamespace != null) {
      String lease = config.leaderElection().leaseName(config.installation());
      String group = "coordination.k8s.io";
      needed.add(new Right("create", group, "leases", leaseNamespace, null));
      needed.add(new Right("get", group, "leases", leaseNamespace, lease));
      needed.add(new Right("patch", group, "leases", leaseNamespace, lease));
    }
    return List.copyOf(needed);
  }

  private static List<Right> onObjects(String namespace) {
    String group = FinancialAnalysis.GROUP;
    return List.of(
        new Right("get", group, ANALYSES, namespace, null),
        new Right("list", group, ANALYSES, namespace, null),
        new Right("watch", group, ANALYSES, namespace, null),
        new Right("patch", group, ANALYSES, namespace, null),
        new Right("delete", group, ANALYSES, namespace, null),
        new Right("patch", group, ANALYSES + "/status", namespace, null),
        new Right("create", "", "events", namespace, null),
        new Right("get", "", "events", namespace, null),
        new Right("patch", "", "events", namespace, null));
  }

  /** What to do about it when it is missing. */
  String missing() {
    return "may not "
        + verb
        + " "
        + resource
        + (name == null ? "" : " " + name)
        + (namespace == null ? " in all namespaces" : " in namespace " + namespace)
        + ": bind the roles of the chart's rbac.yaml to its service account";
  }
}
