package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.localcloud.EmrProcess.Cluster;
import dev.emroperator.finance.localcloud.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator as a process: which of two works, how it starts, and how it ends. */
class ProcessIT {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofSeconds(60);
  private static final String ELECTION =
      "leaderElection: {leaseDuration: 8s, renewDeadline: 4s, retryPeriod: 1s}\n";

  private static Cloud cloud;

  private OperatorProcess leader;
  private OperatorProcess standby;

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
    cloud.endOperator();
  }

  @AfterEach
  void end() {
    cloud.cloud().emr().misbehave();
    for (OperatorProcess operator : new OperatorProcess[] {leader, standby}) {
      if (operator != null) {
        operator.kill();
      }
    }
    // What is killed leaves its lease, and the next test should not await its end.
    cloud.run("delete", "lease", "emr-operator-local", "-n", Chart.RELEASE);
  }

  private void startTwo(String first, String second) {
    leader = cloud.startOperator(first, ELECTION);
    awaitHolder(first, SHORT);
    standby = cloud.startOperator(second, ELECTION);
  }

  private static void awaitHolder(String name, Duration within) {
    cloud.await(() -> name.equals(holder()), "the lease of " + name, within);
  }

  private static String holder() {
    return cloud
        .run(
            "get",
            "lease",
            "emr-operator-local",
            "-n",
            Chart.RELEASE,
            "-o",
            "jsonpath={.spec.holderIdentity}")
        .printed();
  }

  private static void apply(String name) {
    cloud.putStocks(name);
    assertEquals(0, cloud.apply(Objects.analysis(name)).exitCode());
  }

  /** Every line, which must be an object with what each line has. */
  private static List<JsonNode> lines(OperatorProcess operator) {
    return operator.log().lines().map(ProcessIT::line).toList();
  }

  private static JsonNode line(String text) {
    try {
      JsonNode line = new ObjectMapper().readTree(text);
      for (String field : List.of("time", "level", "logger", "message")) {
        assertTrue(line.path(field).isTextual(), text);
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON: " + text, e);
    }
  }

  @Test
  void onlyOneOfTwoActsAndWhenItDiesTheOtherFinishesItsWork() {
    startTwo("one", "two");
    apply("takeover");
    cloud.await(() -> "Running".equals(cloud.field("takeover", ".status.phase")), "the job", SHORT);
    assertTrue(lines(leader).stream().anyMatch(line -> line.has("object")));
    assertFalse(lines(standby).stream().anyMatch(line -> line.has("object")), standby.log());

    leader.kill();
    assertEquals("Succeeded", cloud.awaitEnd("takeover", LONG));
    assertEquals("two", holder());
    assertEquals("1", cloud.field("takeover", ".status.attempt.number"));
    List<Cluster> clusters = cloud.clustersOf("takeover");
    assertEquals(1, clusters.size());
    assertTrue(
        lines(standby).stream()
            .anyMatch(
                line ->
                    "research/takeover".equals(line.path("object").asText())
                        && line.path("attempt").asInt() == 1
                        && clusters.get(0).id().equals(line.path("cluster").asText())),
        standby.log());

    List<String> reasons =
        List.of(
            cloud
                .kubectl(
                    "get",
                    "events",
                    "--field-selector=involvedObject.name=takeover",
                    "-o",
                    "jsonpath={.items[*].reason}")
                .split(" "));
    assertEquals(reasons.size(), Set.copyOf(reasons).size(), new TreeSet<>(reasons).toString());
  }

  @Test
  void afterSigtermTheAnswerInFlightIsHeardAndTheOtherLeadsAtOnce() {
    startTwo("three", "four");
    cloud
        .cloud()
        .emr()
        .misbehave("{\"operation\": \"RunJobFlow\", \"effect\": \"delayAfter\", \"millis\": 8000}");
    apply("sigterm");
    cloud.await(() -> cloud.clustersOf("sigterm").size() == 1, "the cluster in EMR", SHORT);
    assertEquals("", cloud.field("sigterm", ".status.cluster.id"), "no answer has come");

    assertEquals(0, leader.end(SHORT), leader.log());
    assertEquals(
        cloud.clustersOf("sigterm").get(0).id(), cloud.field("sigterm", ".status.cluster.id"));
    // Sooner than the lease would have expired.
    awaitHolder("four", Duration.ofSeconds(6));
    cloud.kubectl("delete", "fa", "sigterm", "--timeout=60s");
    cloud.awaitNoCluster("sigterm", SHORT);
    assertEquals(1, cloud.clustersOf("sigterm").size());
  }

  @Test
  void aWrongSettingEndsItAtOnceWithEveryProblem() {
    String said = refusal(Map.of("EMR_OPERATOR_HEALT_PORT", "1", "EMR_OPERATOR_LOG", "xml"));
    assertTrue(said.contains("EMR_OPERATOR_HEALT_PORT is no setting"), said);
    assertTrue(said.contains("EMR_OPERATOR_LOG must be json or text"), said);
    assertTrue(said.contains("leaderElection.namespace is missing"), said);
  }

  @Test
  void anApiServerThatCannotBeReachedIsNamed() throws IOException {
    Path nowhere = cloud.cloud().folder().resolve("kubeconfig-nowhere");
    String good = Files.readString(Chart.kubeconfig(cloud.cloud()));
    Files.writeString(nowhere, good.replaceAll("https://127.0.0.1:\\d+", "https://127.0.0.1:1"));
    String said = refusal(Map.of("KUBECONFIG", nowhere.toString(), "POD_NAMESPACE", Chart.RELEASE));
    assertTrue(said.contains("The API server https://127.0.0.1:1/ can't be reached"), said);
    assertTrue(said.contains("check KUBECONFIG"), said);
  }

  @Test
  void rightsThatAreMissingAreNamed() {
    cloud.run("create", "serviceaccount", "nobody", "-n", Chart.RELEASE);
    String token = cloud.run("create", "token", "nobody", "-n", Chart.RELEASE).printed();
    Path nobody = cloud.cloud().kubernetes().kubeconfigOf("nobody", token);
    String said = refusal(Map.of("KUBECONFIG", nobody.toString(), "POD_NAMESPACE", Chart.RELEASE));
    assertTrue(said.contains("may not watch financialanalyses in all namespaces"), said);
    assertTrue(said.contains("may not patch leases emr-operator-local in namespace"), said);
  }

  /** What it says when it ends with exit code 1 instead of starting. */
  private static String refusal(Map<String, String> environment) {
    Path kubeconfig = Chart.kubeconfig(cloud.cloud());
    String configuration = Chart.configuration(cloud.cloud());
    String said =
        assertThrows(
                IllegalStateException.class,
                () ->
                    cloud.cloud().startOperator("refused", configuration, kubeconfig, environment))
            .getMessage();
    assertTrue(said.contains("ended with exit code 1"), said);
    assertFalse(said.contains("\tat "), said);
    return said;
  }
}
