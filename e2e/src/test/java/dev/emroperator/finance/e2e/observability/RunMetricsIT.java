package dev.emroperator.finance.e2e.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.e2e.job.SmallJob;
import dev.emroperator.finance.localcloud.LocalCloud;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real operator counts while objects wait, run, rest, fail and are deleted. */
class RunMetricsIT {

  private static final Duration SHORT = Duration.ofSeconds(60);
  private static Cloud cloud;
  private static URI metrics;

  @BeforeAll
  static void start() {
    List<String> options = new ArrayList<>(LocalCloud.NO_DELAYS);
    options.addAll(List.of("--spark-submit", SmallJob.command()));
    cloud = new Cloud(options);
    cloud.startOperatorWithQueue();
    metrics = cloud.operatorReady().resolve("/metrics");
  }

  @AfterAll
  static void stop() {
    cloud.endOperator();
    cloud.close();
  }

  private static void apply(String name, String more) {
    cloud.putStocks(name);
    var answer = cloud.apply(Objects.analysis(name) + more);
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  /** Its first attempt never ends by itself. */
  private static void applyEndless(String name) throws IOException {
    Path told = Files.createTempFile(cloud.cloud().folder(), "behaviour", ".json");
    Files.writeString(told, "[{\"hang\": \"trend\"}, {}]");
    cloud.cloud().s3().put(told, "s3://research/" + name + "/_behaviour.json");
    apply(name, "");
    awaitPhase(name, "Running");
  }

  private static void awaitPhase(String name, String phase) {
    cloud.await(() -> phase.equals(cloud.field(name, ".status.phase")), name + " " + phase, SHORT);
  }

  private static void suspend(String name, boolean suspend) {
    cloud.kubectl(
        "patch", "fa", name, "--type=merge", "-p", "{\"spec\":{\"suspend\":" + suspend + "}}");
  }

  private static double value(String series) {
    return Scrape.of(metrics).value("emr_operator_" + series);
  }

  private static void awaitValue(String series, double value) {
    cloud.await(() -> value(series) == value, series + " " + value, SHORT);
  }

  @Test
  void whatHappensToObjectsIsCountedAsItHappens() throws IOException {
    double attempts = value("attempts_total{cause=\"New\"}");
    applyEndless("held");
    apply("queued", "");
    awaitValue("analyses_waiting{reason=\"Queued\"}", 1);
    assertTrue(value("longest_in_phase_seconds{phase=\"Pending\"}") > 0);

    suspend("held", true);
    awaitPhase("held", "Suspended");
    awaitPhase("queued", "Succeeded");
    awaitValue("analyses_waiting{reason=\"Queued\"}", 0);
    suspend("held", false);
    awaitPhase("held", "Succeeded");
    awaitValue("outcomes_total{phase=\"Succeeded\",reason=\"Succeeded\"}", 2);
    assertEquals(attempts + 2, value("attempts_total{cause=\"New\"}"));
    assertEquals(1, value("attempts_total{cause=\"Suspended\"}"));
    assertEquals(3, value("time_in_phase_seconds_count{phase=\"Finishing\"}"));
    assertTrue(value("time_in_phase_seconds_count{phase=\"Running\"}") >= 1);

    apply("unlike", "  environment: elsewhere\n");
    awaitValue("outcomes_total{phase=\"Failed\",reason=\"UnknownEnvironment\"}", 1);
  }

  @Test
  void aDeletionThatIsBlockedIsSeenAndItsClusterCountedWhenItGoes() throws IOException {
    applyEndless("blocked");
    cloud
        .cloud()
        .emr()
        .misbehave("{\"operation\": \"*\", \"effect\": \"accessDenied\", \"times\": 100000}");
    cloud.kubectl("delete", "fa", "blocked", "--wait=false");
    awaitValue("analyses_waiting{reason=\"DeletionBlocked\"}", 1);
    assertEquals(0, value("cluster_unit_seconds_total{fleet=\"core\",outcome=\"deleted\"}"));

    cloud.cloud().emr().misbehave();
    cloud.kubectl("wait", "--for=delete", "fa/blocked", "--timeout=60s");
    double core = value("cluster_unit_seconds_total{fleet=\"core\",outcome=\"deleted\"}");
    assertTrue(core > 0 && core < 300, "" + core);
    assertEquals(
        4 * core, value("cluster_unit_seconds_total{fleet=\"task\",outcome=\"deleted\"}"), 0.01);
    awaitValue("analyses_waiting{reason=\"DeletionBlocked\"}", 0);
  }
}
