package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    "delete, financialanalyses, no",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.installation  | Prod | installation",
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
