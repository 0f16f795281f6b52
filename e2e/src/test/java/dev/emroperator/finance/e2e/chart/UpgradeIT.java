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
import java.util.function.BooleanSupplier;
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
    return object("kept", jsonPath);
  }

  private String object(String name, String jsonPath) {
    return kubectl.print("get", "fa", name, "-o", "jsonpath={" + jsonPath + "}");
  }

  private String crd() {
    return kubectl.print("get", "crd", CRD, "-o", "jsonpath={.spec}");
  }

  private Kubectl.Answer setTheField(String name) {
    return kubectl.run(
        "patch", "fa", name, "--type=merge", "-p", "{\"spec\":{\"" + FIELD + "\":\"7d\"}}");
  }

  private void awaitTheField(String name) {
    await(
        () -> {
          setTheField(name);
          return !object(name, ".spec." + FIELD).isEmpty();
        },
        "the API server does not take " + FIELD);
  }

  private void awaitNoField() {
    await(() -> object(".spec." + FIELD).isEmpty(), "the API server still shows " + FIELD);
  }

  /** The API server takes a CRD a moment after it has stored it. */
  private static void await(BooleanSupplier condition, String otherwise) {
    long deadline = System.nanoTime() + PUBLISHED.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, otherwise);
    }
  }

  private void assertObjectsStay(HelmProgram program) throws IOException {
    HelmProgram helm = program.on(kubernetes.api());
    final String older = olderChart().toString();
    apply(helm, "install", older);
    kubectl.awaitKinds();
    Path file =
        Files.writeString(
            folder.resolve("objects.yaml"),
            Objects.analysis("kept") + "\n---\n" + Objects.analysis("other"));
    kubectl.print("apply", "-f", file.toString());
    final String uid = object(".metadata.uid");
    final String spec = object(".spec");
    final String crd = crd();
    assertEquals(0, setTheField("kept").exitCode());
    assertEquals("", object(".spec." + FIELD), "the older CRD does not know it");

    apply(helm, "upgrade", "helm");
    awaitTheField("kept");
    assertNotEquals(crd, crd());
    assertEquals(uid, object(".metadata.uid"));
    assertEquals("7d", object(".spec." + FIELD));
    kubectl.print("apply", "-f", file.toString());
    assertEquals("7d", object(".spec." + FIELD), "of another who set it");

    helm.print("rollback", HelmProgram.RELEASE, "--namespace=" + HelmProgram.RELEASE);
    awaitNoField();
    assertAllAsBefore(uid, spec, crd);
    kubectl.print("annotate", "fa", "kept", "written=meanwhile");
    apply(helm, "upgrade", "helm");
    awaitTheField("other");
    assertEquals(spec, object(".spec"), "written without it");

    awaitTheField("kept");
    final String set = object(".spec");
    apply(helm, "upgrade", older);
    awaitNoField();
    assertAllAsBefore(uid, spec, crd);
    apply(helm, "upgrade", "helm");
    awaitTheField("other");
    assertEquals(set, object(".spec"), "never written without it");

    helm.print("uninstall", HelmProgram.RELEASE, "--namespace=" + HelmProgram.RELEASE);
    assertNotEquals(
        0, kubectl.run("get", "deployment", "emr-operator", "-n", "emr-operator").exitCode());
    assertEquals(uid, object(".metadata.uid"));

    apply(helm, "install", "helm");
    assertEquals(uid, object(".metadata.uid"));
    assertEquals(set, object(".spec"));
  }

  private void assertAllAsBefore(String uid, String spec, String crd) {
    assertEquals(crd, crd());
    assertEquals(uid, object(".metadata.uid"));
    assertEquals(spec, object(".spec"));
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
