package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.emroperator.finance.e2e.Chart;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.OperatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the chart grants is what the operator uses: its whole life is lived with the service
 * account's token, and the API server's audit log tells what that needed. Nothing is refused, and
 * nothing is granted in vain.
 */
class RightsIT {

  private static final Duration SHORT = Duration.ofSeconds(60);
  private static final String ELECTION =
      "leaderElection: {leaseDuration: 8s, renewDeadline: 4s, retryPeriod: 1s}\n";

  private static Cloud cloud;
  private static Kubectl kubectl;

  private OperatorProcess operator;

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
    kubectl = new Kubectl(cloud.cloud().kubernetes());
    cloud.endOperator();
  }

  @AfterEach
  void end() {
    if (operator != null) {
      operator.kill();
    }
  }

  @Test
  void inAllNamespacesNothingIsRefusedAndNothingIsGrantedInVain() {
    operator = cloud.startOperator("all-namespaces", ELECTION);
    live(Cloud.NAMESPACE, "rights-all");
    assertGrantedIsUsed(Chart.RELEASE);
  }

  @Test
  void inOneNamespaceNothingIsRefusedAndNothingIsGrantedInVain() {
    String release = "rights";
    HelmProgram helm = HelmProgram.helm4().on(cloud.cloud().kubernetes());
    helm.print(
        "install",
        release,
        "helm",
        "--namespace=" + release,
        "--create-namespace",
        "--values=" + Chart.values(cloud.cloud()),
        "--set=config.watchNamespaces={" + release + "},config.installation=" + release,
        "--set=crd.install=false");
    operator =
        cloud
            .cloud()
            .startOperator(
                "one-namespace",
                Chart.configuration(cloud.cloud(), release) + "\n" + ELECTION,
                Chart.kubeconfig(cloud.cloud(), release),
                Map.of("POD_NAME", "one-namespace", "POD_NAMESPACE", release));
    live(release, "rights-one");
    assertGrantedIsUsed(release);
    helm.print("uninstall", release, "--namespace=" + release);
  }

  /** Everything that makes the operator call the API server, in the life of two objects. */
  private void live(String namespace, String name) {
    refusedTwiceAndExpired(namespace, name + "-refused");
    startedAndDeleted(namespace, name + "-deleted");
    // It gives its lease back.
    assertEquals(0, operator.end(SHORT), operator.log());
  }

  /** The same Event twice is counted up, and what has expired is deleted by the operator. */
  private static void refusedTwiceAndExpired(String namespace, String name) {
    apply(namespace, name);
    cloud.await(() -> counted(namespace, name).contains("1"), "the first Event", SHORT);
    kubectl.print(
        "annotate",
        "fa",
        name,
        "finance.emr-operator.dev/retry-requested-at=now",
        "--namespace=" + namespace);
    cloud.await(() -> counted(namespace, name).contains("2"), "the second Event", SHORT);
    kubectl.print(
        "patch",
        "fa",
        name,
        "--namespace=" + namespace,
        "--type=merge",
        "-p",
        "{\"spec\":{\"ttlAfterFinished\":\"1s\"}}");
    cloud.await(
        () -> kubectl.run("get", "fa", name, "--namespace=" + namespace).exitCode() != 0,
        "the end of the expired object",
        SHORT);
  }

  private static void startedAndDeleted(String namespace, String name) {
    cloud.putStocks(name);
    apply(namespace, name);
    cloud.await(
        () -> !print(namespace, "fa/" + name, ".status.cluster.id").isEmpty(), "a cluster", SHORT);
    kubectl.print("delete", "fa", name, "--namespace=" + namespace, "--timeout=60s");
  }

  private static void apply(String namespace, String name) {
    var answer = cloud.applyTo(namespace, Objects.analysis(name));
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  private static List<String> counted(String namespace, String name) {
    String counts =
        kubectl.print(
            "get",
            "events",
            "--namespace=" + namespace,
            "--field-selector=involvedObject.name=" + name + ",reason=InputMissing",
            "-o",
            "jsonpath={.items[*].count}");
    return List.of(counts.split(" "));
  }

  private static String print(String namespace, String object, String jsonPath) {
    return kubectl.print(
        "get", object, "--namespace=" + namespace, "-o", "jsonpath={" + jsonPath + "}");
  }

  private static void assertGrantedIsUsed(String account) {
    List<Use> uses = Use.of(cloud.cloud().kubernetes().auditLog(), account);
    List<Grant> grants = Grant.of(kubectl, account);
    assertFalse(grants.isEmpty());
    assertEquals(Set.of(), Use.said(uses.stream().filter(use -> !use.allowed()).toList()));
    assertEquals(
        List.of(),
        grants.stream().filter(grant -> uses.stream().noneMatch(grant::covers)).toList(),
        "granted and never used");
    // Who it is and what it may do, everyone may ask.
    assertEquals(
        Set.of("create selfsubjectaccessreviews of 'authorization.k8s.io'"),
        Use.said(
            uses.stream().filter(use -> grants.stream().noneMatch(g -> g.covers(use))).toList()));
  }
}
