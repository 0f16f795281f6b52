package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Chart;
import dev.emroperator.finance.e2e.Cloud;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the roles that the chart adds to the cluster's own allow. No controller adds them here, so
 * they are bound as they are, and their labels compared with what the cluster's own roles select.
 */
class AggregatedRolesIT {

  private static Cloud cloud;

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
    for (String role : new String[] {"view", "edit"}) {
      cloud.kubectl(
          "create",
          "rolebinding",
          "reader-or-writer-" + role,
          "--clusterrole=" + Chart.RELEASE + "-" + role,
          "--user=may-" + role);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "may-view, get, '', yes",
    "may-view, watch, '', yes",
    "may-view, create, '', no",
    "may-edit, create, '', yes",
    "may-edit, patch, '', yes",
    "may-edit, deletecollection, '', yes",
    "may-edit, patch, status, no",
    "may-edit, update, status, no"
  })
  void whoEditsRunsAnalysesAndNeverWritesTheirStatus(
      String user, String verb, String subresource, String allowed) {
    String said =
        cloud
            .run(
                "auth",
                "can-i",
                verb,
                "financialanalyses",
                "--subresource=" + subresource,
                "-n",
                Cloud.NAMESPACE,
                "--as=" + user)
            .printed();
    assertEquals(allowed, said.lines().reduce((a, b) -> b).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"view, view", "edit, view", "edit, edit", "admin, view", "admin, edit"})
  void theClustersOwnRoleSelectsIt(String own, String added) {
    String selector =
        cloud
            .run(
                "get",
                "clusterrole",
                own,
                "-o",
                "jsonpath={.aggregationRule.clusterRoleSelectors[0].matchLabels}")
            .printed();
    String label = "rbac.authorization.k8s.io/aggregate-to-" + own;
    assertEquals("{\"" + label + "\":\"true\"}", selector);
    String selected =
        cloud.run("get", "clusterroles", "-l", label + "=true", "-o", "name").printed();
    assertTrue(
        selected.contains("clusterrole.rbac.authorization.k8s.io/emr-operator-" + added), selected);
  }
}
