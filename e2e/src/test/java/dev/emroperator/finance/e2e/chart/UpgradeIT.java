package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.LocalKubernetes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects outlive the chart: an upgrade from an older one, whose CRD lacks a field, the way back,
 * and its going.
 */
class UpgradeIT {

  /** A field that the older CRD does not know. */
  private static final String FIELD = "ttlAfterFinished";

  private static final String CRD = "financialanalyses.finance.emr-operator.dev";
  private static final Duration PUBLISHED = Duration.ofSeconds(30);

  @TempDir Path folder;

  private LocalKubernetes kubernetes;
  private Kubectl kubectl;

  @BeforeEach
  void start() {
    kubernetes = LocalKubernetes.start(System.out::println);
    kubectl = new Kubectl(kubernetes.api());
  }

  @AfterEach
  void stop() {
    kubernetes.close();
  }

  private ChartCopy olderChart() {
    return ChartCopy.into(folder)
        .edit("Chart.yaml", chart -> chart.replaceFirst("(?m)^version: .*", "version: 0.0.9"))
        .edit(ChartCopy.CRD, UpgradeIT::withoutTheField);
  }

  private static String withoutTheField(String crd) {
    try {
      YAMLMapper yaml = new YAMLMapper();
      JsonNode root = yaml.readTree(crd);
      JsonNode schema = root.at("/spec/versions/0/schema/openAPIV3Schema");
      ObjectNode fields = (ObjectNode) schema.at("/properties/spec/properties");
      assertTrue(fields.has(FIELD), "the CRD has no " + FIELD + " any more: take another field");
      fields.remove(FIELD);
      return yaml.writeValueAsString(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void apply(HelmProgram helm, String command, String chart) {
    helm.print(
        command,
        HelmProgram.RELEASE,
        chart,
        "--namespace=" + HelmProgram.RELEASE,
        "--create-namespace",
        "--values=" + ValueSet.of("least").file());
  }

  private String object(String jsonPath) {
    return kubectl.print("get", "fa", "kept", "-o", "jsonpath={" + jsonPath + "}");
  }

  private String crd() {
    return kubectl.print("get", "crd", CRD, "-o", "jsonpath={.spec}");
  }

  private Kubectl.Answer setTheField() {
    return kubectl.run(
        "patch", "fa", "kept", "--type=merge", "-p", "{\"spec\":{\"" + FIELD + "\":\"7d\"}}");
  }

  private void awaitTheField() {
    long deadline = System.nanoTime() + PUBLISHED.toNanos();
    do {
      assertTrue(System.nanoTime() < deadline, "the API server does not take " + FIELD);
      setTheField();
    } while (object(".spec." + FIELD).isEmpty());
  }

  private void assertObjectsStay(HelmProgram program) throws IOException {
    HelmProgram helm = program.on(kubernetes.api());
    final String older = olderChart().toString();
    apply(helm, "install", older);
    kubectl.awaitKinds();
    Path file = Files.writeString(folder.resolve("kept.yaml"), Objects.analysis("kept"));
    kubectl.print("apply", "-f", file.toString());
    final String uid = object(".metadata.uid");
    final String spec = object(".spec");
    final String crd = crd();
    setTheField();
    assertEquals("", object(".spec." + FIELD), "the older CRD does not know it");

    apply(helm, "upgrade", "helm");
    awaitTheField();
    assertNotEquals(crd, crd());
    assertEquals(uid, object(".metadata.uid"));
    assertEquals("7d", object(".spec." + FIELD));
    kubectl.print("apply", "-f", file.toString());
    assertEquals("7d", object(".spec." + FIELD), "of another who set it");
    setNothing();
    assertEquals(spec, object(".spec"));

    helm.print("rollback", HelmProgram.RELEASE, "--namespace=" + HelmProgram.RELEASE);
    assertAllAsBefore(uid, spec, crd);
    apply(helm, "upgrade", "helm");
    apply(helm, "upgrade", older);
    assertAllAsBefore(uid, spec, crd);
    apply(helm, "upgrade", "helm");

    helm.print("uninstall", HelmProgram.RELEASE, "--namespace=" + HelmProgram.RELEASE);
    assertNotEquals(
        0, kubectl.run("get", "deployment", "emr-operator", "-n", "emr-operator").exitCode());
    assertEquals(uid, object(".metadata.uid"));

    apply(helm, "install", "helm");
    assertEquals(uid, object(".metadata.uid"));
    assertEquals(spec, object(".spec"));
  }

  private void assertAllAsBefore(String uid, String spec, String crd) {
    assertEquals(crd, crd());
    assertEquals(uid, object(".metadata.uid"));
    assertEquals(spec, object(".spec"));
  }

  private void setNothing() {
    kubectl.print(
        "patch", "fa", "kept", "--type=merge", "-p", "{\"spec\":{\"" + FIELD + "\":null}}");
  }

  @Test
  void objectsStayThroughUpgradeAndBackUninstallAndInstallByHelm4() throws IOException {
    assertObjectsStay(HelmProgram.helm4());
  }

  @Tag("delivery")
  @Test
  void objectsStayThroughUpgradeAndBackUninstallAndInstallByHelm3() throws IOException {
    assertObjectsStay(HelmProgram.helm3());
  }
}
