package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.e2e.job.SmallJob;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.LocalCloud;
import dev.emroperator.finance.localcloud.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A real operator, set up by nothing but the values that the module gives, calls all that the
 * module's policy grants, and nothing else. What is granted for another reason stands in {@code
 * reviewed.txt}.
 */
class OperatorPolicyIT {

  private static final Policy POLICY = Policy.golden("operator-policy");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static LocalCloud cloud;
  private static Kubectl kubectl;
  private static List<AwsRequest> requests;

  @BeforeAll
  static void goThroughLives() throws Exception {
    List<String> options = new ArrayList<>(LocalCloud.NO_DELAYS);
    options.addAll(List.of("--spark-submit", SmallJob.command()));
    cloud = LocalCloud.start(options, System.out::println);
    kubectl = new Kubectl(cloud.kubernetes());
    List.of("emr-artifacts", "emr-logs", "market-data", "research")
        .forEach(cloud.s3()::createBucket);
    kubectl.print("apply", "--server-side", "-f", cloud.checkout().crd().toString());
    kubectl.awaitKinds();
    kubectl.print("create", "namespace", "research");

    Recorder recorder = new Recorder();
    Gateway gateway = cloud.startGateway();
    gateway.intercept(recorder);
    String configuration =
        Values.golden()
            .configuration(
                Map.of(
                    "timing", Map.of("sweep", "1s", "settle", "10s", "scaled", true),
                    "leaderElection", Map.of("enabled", false)));
    cloud.startOperator(configuration, cloud.kubernetes().kubeconfig(), gateway);

    apply("whole", "[{\"millis\": 0}]");
    apply("failing", "[{\"fail\": \"daily\"}]");
    apply("dumb", "so the job dies without a word, and its step's log is read");
    apply("deleted", "[{\"hang\": \"daily\"}]");
    await("deleted", "Running");
    kubectl.print("delete", "fa", "deleted", "-n", "research", "--timeout=60s");
    await("whole", "Succeeded");
    await("failing", "Failed");
    assertTrue(recorder.awaitLog(), "nobody looked why the job died without a word");

    Map<String, Map<String, String>> known = new TreeMap<>();
    AwsCalls calls =
        new AwsCalls("123456789012", id -> known.computeIfAbsent(id, OperatorPolicyIT::tags));
    requests = recorder.calls().stream().flatMap(c -> calls.requests(c).stream()).toList();
  }

  @AfterAll
  static void stop() {
    if (cloud != null) {
      cloud.close();
    }
  }

  @Test
  void nothingIsCalledThatIsNotGranted() {
    assertEquals(
        List.of(), requests.stream().filter(r -> POLICY.allowing(r).isEmpty()).distinct().toList());
  }

  @Test
  void whatIsGrantedIsCalledOrHasItsReason() throws IOException {
    Map<String, String> reasons = reviewed();
    List<String> neither =
        POLICY.grants().stream()
            .filter(grant -> requests.stream().noneMatch(grant::allows))
            .filter(grant -> !reasons.containsKey(key(grant)))
            .map(Policy.Statement::toString)
            .toList();
    assertEquals(List.of(), neither);
  }

  @Test
  void whatHasAReasonIsNotCalled() throws IOException {
    Set<String> granted =
        POLICY.grants().stream().map(OperatorPolicyIT::key).collect(Collectors.toSet());
    for (Map.Entry<String, String> entry : reviewed().entrySet()) {
      assertTrue(granted.contains(entry.getKey()), entry.getKey() + " is not granted");
      String action = entry.getKey().substring(entry.getKey().indexOf(' ') + 1);
      assertTrue(requests.stream().noneMatch(r -> r.action().equals(action)), entry.getKey());
      assertTrue(entry.getValue().length() > 20, entry.getKey() + " needs a reason");
    }
  }

  /** By which a reason is found: statement and action. */
  private static String key(Policy.Statement grant) {
    return grant.sid() + " " + grant.actions().get(0);
  }

  /** Reasons by statement and action. */
  private static Map<String, String> reviewed() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    Path file = cloud.checkout().root().resolve("infra/tests/golden/reviewed.txt");
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(": ", 2);
        reasons.put(parts[0], parts[1]);
      }
    }
    return reasons;
  }

  /** Of a cluster, asked of EMR without the operator. */
  private static Map<String, String> tags(String clusterId) {
    HttpRequest request =
        HttpRequest.newBuilder(cloud.emr().endpoint())
            .header("X-Amz-Target", "ElasticMapReduce.DescribeCluster")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("Authorization", "Credential=local/20260101/eu-west-1/elasticmapreduce/")
            .POST(BodyPublishers.ofString("{\"ClusterId\": \"" + clusterId + "\"}"))
            .build();
    try {
      String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      Map<String, String> tags = new TreeMap<>();
      for (JsonNode tag : JSON.readTree(answer).path("Cluster").path("Tags")) {
        tags.put(tag.path("Key").asText(), tag.path("Value").asText());
      }
      return tags;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void apply(String name, String behaviour) throws IOException {
    Path folder = cloud.folder();
    cloud
        .s3()
        .put(
            cloud.checkout().root().resolve("examples/data/stocks.csv.gz"),
            "s3://market-data/" + name + "/stocks.csv.gz");
    cloud
        .s3()
        .put(
            Files.writeString(folder.resolve(name + ".json"), behaviour),
            "s3://research/" + name + "/_behaviour.json");
    Path yaml = Files.writeString(folder.resolve(name + ".yaml"), Objects.analysis(name));
    kubectl.print("apply", "-n", "research", "-f", yaml.toString());
  }

  private static void await(String name, String phase) {
    kubectl.print(
        "wait",
        "fa/" + name,
        "-n",
        "research",
        "--for=jsonpath={.status.phase}=" + phase,
        "--timeout=60s");
  }
}
