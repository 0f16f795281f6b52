package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.job.SmallJob;
import dev.emroperator.finance.localcloud.ClusterLife;
import dev.emroperator.finance.localcloud.LocalCloud;
import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Gateway;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Target;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator behind the gateway, with the small job in place of Spark. */
class GatewayIT {

  private static final Duration SHORT = Duration.ofSeconds(60);

  private static Cloud cloud;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    List<String> options = new ArrayList<>(LocalCloud.NO_DELAYS);
    options.addAll(List.of("--spark-submit", SmallJob.command()));
    cloud = new Cloud(options);
    gateway = cloud.cloud().startGateway();
    cloud.startOperator(gateway);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @AfterEach
  void behave() {
    gateway.intercept(null);
  }

  private static void apply(String name) {
    cloud.putStocks(name);
    assertEquals(0, cloud.apply(Objects.analysis(name)).exitCode());
  }

  private static List<ClusterLife> livesOf(String name) {
    return cloud.cloud().emr().lives().stream()
        .filter(life -> life.name().contains("/" + name + "/"))
        .toList();
  }

  private static void assertSucceedsWithOneCluster(String name) {
    assertEquals("Succeeded", cloud.awaitEnd(name, SHORT), cloud.field(name, ".status.message"));
    cloud.awaitNoCluster(name, SHORT);
    assertEquals(1, livesOf(name).size());
    assertEquals("1 1", cloud.field(name, ".status.outputs[*].rows"));
  }

  @Test
  void aWholeLifeIsSeen() {
    List<Call> seen = new CopyOnWriteArrayList<>();
    gateway.intercept(
        new Interceptor() {
          @Override
          public Verdict before(Call call) {
            seen.add(call);
            return Verdict.PASS;
          }
        });
    apply("seen");
    assertSucceedsWithOneCluster("seen");
    Predicate<String> calls = start -> seen.stream().anyMatch(c -> c.toString().startsWith(start));
    assertEquals(1, seen.stream().filter(c -> c.operation().equals("RunJobFlow")).count());
    assertTrue(calls.test("EMR ListClusters") || calls.test("EMR DescribeCluster"));
    assertTrue(calls.test("S3 PUT /emr-artifacts/plans/"), seen::toString);
    assertTrue(
        seen.stream()
            .anyMatch(
                c ->
                    c.target() == Target.KUBERNETES && c.isWrite() && c.path().contains("/status")),
        seen::toString);
  }

  @Test
  void aLostWatchIsOpenedAgain() {
    cloud.await(() -> gateway.cutWatches() > 0, "a watch to cut", SHORT);
    apply("rewatched");
    assertSucceedsWithOneCluster("rewatched");
  }

  @Test
  void kubernetesMayRestart() {
    cloud.cloud().kubernetes().restartEtcd();
    cloud.cloud().kubernetes().restartApiServer();
    apply("restarted");
    assertSucceedsWithOneCluster("restarted");
  }

  @Test
  void theOperatorDiesAfterTheEffectAndBeforeTheAnswer() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    gateway.intercept(
        new Interceptor() {
          @Override
          public Verdict after(Call call, int status) {
            if (!call.operation().equals("RunJobFlow") || dead.getCount() == 0) {
              return Verdict.PASS;
            }
            cloud.killOperator();
            dead.countDown();
            return Verdict.DROP;
          }
        });
    apply("deaf");
    assertTrue(dead.await(SHORT.toSeconds(), TimeUnit.SECONDS), "RunJobFlow was called");
    assertEquals("", cloud.field("deaf", ".status.cluster.id"), "nobody heard of the cluster");
    cloud.startOperator(gateway);
    assertSucceedsWithOneCluster("deaf");
    assertEquals(1, ClusterLife.mostAtOnce(livesOf("deaf")).values().iterator().next());
  }

  @Test
  void aJobThatIsToldToFailDoes() throws Exception {
    Path told = Files.createTempFile(cloud.cloud().folder(), "behaviour", ".json");
    Files.write(told, "[{\"fail\": \"trend\"}]".getBytes(StandardCharsets.UTF_8));
    cloud.cloud().s3().put(told, "s3://research/told/_behaviour.json");
    apply("told");
    assertEquals("Failed", cloud.awaitEnd("told", SHORT));
    assertEquals("1/2", cloud.field("told", ".status.progress.summary"));
    cloud.awaitNoCluster("told", SHORT);
  }
}
