package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart on the real API server; every other test here runs with the rights that it gives. */
class ChartIT {

  private static Cloud cloud;

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
  }

  @Test
  void whatItRendersIsAcceptedByTheApiServer() throws Exception {
    Path rendered = cloud.cloud().folder().resolve("rendered.yaml");
    Files.writeString(rendered, Chart.render(cloud.cloud()));
    var answer = cloud.run("apply", "--dry-run=server", "-f", rendered.toString());
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  @Test
  void theCrdStaysWhenTheChartGoes() {
    String policy =
        cloud
            .run(
                "get",
                "crd",
                "financialanalyses.finance.emr-operator.dev",
                "-o",
                "jsonpath={.metadata.annotations.helm\\.sh/resource-policy}")
            .printed();
    assertEquals("keep", policy);
  }

  @Test
  void thePodIsRestricted() {
    cloud.run("label", "namespace", Chart.RELEASE, "pod-security.kubernetes.io/enforce=restricted");
    String template =
        cloud
            .run(
                "get",
                "deployment",
                Chart.RELEASE,
                "-n",
                Chart.RELEASE,
                "-o",
                "jsonpath={.spec.template.spec}")
            .printed();
    String pod =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"as-the-deployment\",\"namespace\":\""
            + Chart.RELEASE
            + "\"},\"spec\":"
            + template
            + "}";
    var answer = cloud.applyTo(Chart.RELEASE, pod);
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  @ParameterizedTest
  @CsvSource({
    "patch, financialanalyses, yes",
    "watch, financialanalyses, yes",
    "delete, financialanalyses, yes",
    "create, financialanalyses, no",
    "get, secrets, no",
    "get, configmaps, no",
    "create, pods, no",
    "list, events, no"
  })
  void theOperatorMayDoWhatItNeedsAndNothingElse(String verb, String resource, String allowed) {
    String account = "system:serviceaccount:" + Chart.RELEASE + ":" + Chart.RELEASE;
    String said =
        cloud
            .run("auth", "can-i", verb, resource, "-n", Cloud.NAMESPACE, "--as", account)
            .printed();
    assertEquals(allowed, said.lines().reduce((a, b) -> b).orElseThrow());
  }

  @Test
  void theRulesAreExactlyThese() {
    assertEquals(
        """
        [{"apiGroups":["finance.emr-operator.dev"],"resources":["financialanalyses"],"verbs":["get","list","watch","patch","delete"]},\
        {"apiGroups":["finance.emr-operator.dev"],"resources":["financialanalyses/status"],"verbs":["patch"]},\
        {"apiGroups":[""],"resources":["events"],"verbs":["create","get","patch"]}]""",
        rules("clusterrole", Chart.RELEASE));
    assertEquals(
        """
        [{"apiGroups":["coordination.k8s.io"],"resources":["leases"],"verbs":["create"]},\
        {"apiGroups":["coordination.k8s.io"],"resourceNames":["emr-operator-local"],"resources":["leases"],"verbs":["get","patch"]}]""",
        rules("role", Chart.RELEASE + "-election"));
  }

  private static String rules(String kind, String name) {
    return cloud.run("get", kind, name, "-n", Chart.RELEASE, "-o", "jsonpath={.rules}").printed();
  }

  @Test
  void withElectionThereAreTwoAndWithoutItNeverTwoAtATime() {
    String two = Chart.render(cloud.cloud());
    assertTrue(two.contains("replicas: 2") && two.contains("type: RollingUpdate"), two);
    String one =
        new Helm(Chart.folder(cloud.cloud()))
            .template()
            .withName(Chart.RELEASE)
            .withNamespace(Chart.RELEASE)
            .withKubeVersion("1.35.4")
            .withValuesFile(Chart.values(cloud.cloud()))
            .set("config.leaderElection.enabled", "false")
            .call();
    assertTrue(one.contains("replicas: 1") && one.contains("type: Recreate"), one);
    assertFalse(one.contains("coordination.k8s.io"), one);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.installation  | Prod | installation",
        "config.leaderElection.leaseDuration | soon | leaseDuration",
        "image.digest         | abc  | digest",
        "replicas             | 2    | replicas"
      })
  void aWrongValueIsRefusedWithItsName(String key, String value, String said) {
    var command =
        new Helm(Chart.folder(cloud.cloud()))
            .template()
            .withValuesFile(Chart.values(cloud.cloud()))
            .set(key, value);
    String message = assertThrows(RuntimeException.class, command::call).getMessage();
    assertTrue(message.contains(said), message);
  }
}
