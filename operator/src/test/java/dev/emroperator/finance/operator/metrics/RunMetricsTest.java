package dev.emroperator.finance.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Condition;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.reconciler.World;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is counted while the steps take a run along its way. */
class RunMetricsTest {

  private final World world = new World();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RunMetrics metrics = new RunMetrics(registry, world.clock);

  RunMetricsTest() {
    world.watcher = metrics::written;
  }

  private double count(String name, String... tags) {
    return registry.get("emr.operator." + name).tags(tags).counter().count();
  }

  private double total(String name) {
    return registry.get("emr.operator." + name).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  /** How often, and how many seconds in all. */
  private List<Long> timed(String phase) {
    Timer timer = registry.get("emr.operator.time.in.phase").tag("phase", phase).timer();
    return List.of(timer.count(), Math.round(timer.totalTime(TimeUnit.SECONDS)));
  }

  /** Lets the cluster of the current attempt end before its work is done. */
  private void fail(String code) {
    String id = world.status().cluster().id();
    world.end(id, "CANCELLED", "TERMINATED_WITH_ERRORS", code, "it ended");
    world.reconcile();
  }

  @Test
  void aRunIsTimedInEachPhaseThatItLeaves() {
    world.reconcile();
    String id = world.status().cluster().id();
    world.pass(Duration.ofMinutes(4));
    world.emr.cluster(id, "RUNNING", null, "Running step");
    world.emr.step(id, "RUNNING");
    world.pass(Duration.ofSeconds(20));
    world.reconcile();
    assertEquals(Phase.RUNNING, world.status().phase());
    world.pass(Duration.ofMinutes(30));
    world.succeed();

    assertEquals(List.of(1L, 10L), timed("Pending"), "since it was created");
    assertEquals(List.of(1L, 260L), timed("Provisioning"));
    assertEquals(List.of(1L, 1810L), timed("Running"));
    assertEquals(List.of(1L, 0L), timed("Finishing"), "the cluster was gone already");
  }

  @Test
  void theTimesFallIntoBoundedBuckets() {
    world.reconcile();
    String provisioning = "emr_operator_time_in_phase_seconds_bucket{phase=\"Pending\",";
    List<String> buckets =
        registry.scrape().lines().filter(line -> line.startsWith(provisioning)).toList();
    assertEquals(14, buckets.size());
    assertEquals(provisioning + "le=\"10.0\"} 1", buckets.get(0));
    assertEquals(provisioning + "le=\"+Inf\"} 1", buckets.get(13));
  }

  @Test
  void aRestartForgetsOnlyWhenTheJobBegan() {
    world.running();
    world.reconcile();
    world.watcher = new RunMetrics(registry, world.clock)::written;
    world.pass(Duration.ofMinutes(30));
    world.succeed();
    assertEquals(List.of(0L, 0L), timed("Running"));
    assertEquals(List.of(1L, 0L), timed("Finishing"));
    assertEquals(1, count("outcomes", "phase", "Succeeded", "reason", "Succeeded"));
  }

  @Test
  void aSuccessIsCountedOnceAndWhatItsClusterWasAskedFor() {
    world.running();
    world.pass(Duration.ofSeconds(70));
    world.succeed();
    world.reconcile();
    assertEquals(1, count("outcomes", "phase", "Succeeded", "reason", "Succeeded"));
    assertEquals(1, total("outcomes"));
    assertEquals(1, count("attempts", "cause", "New"));
    // It was asked for, waited 10 s, ran 70 s, and ended; 1 unit of core and 4 of task.
    double alive = count("cluster.unit.seconds", "fleet", "core", "outcome", "succeeded");
    assertTrue(alive >= 70 && alive <= 90, "" + alive);
    assertEquals(4 * alive, count("cluster.unit.seconds", "fleet", "task", "outcome", "succeeded"));
    assertEquals(5 * alive, total("cluster.unit.seconds"));
  }

  @Test
  void aLaterAttemptIsCountedByWhatEndedTheOneBefore() {
    world.running();
    fail("INSTANCE_FAILURE");
    world.pass(Duration.ofMinutes(40));
    world.reconcile();
    assertEquals(2, world.status().attempt().number());
    assertEquals(1, count("attempts", "cause", "New"));
    assertEquals(1, count("attempts", "cause", "InstanceFailure"));
    assertEquals(0, total("outcomes"), "the run has not ended");
    assertTrue(count("cluster.unit.seconds", "fleet", "core", "outcome", "failed") > 0);
    assertEquals(2, timed("Pending").get(0));
  }

  @Test
  void aCodeThatNobodyKnowsMakesNoSeries() {
    int before = registry.getMeters().size();
    world.running();
    fail("SOMETHING_NEW");
    assertEquals(Reason.CLUSTER_ENDED, world.status().outcome().reason());
    assertEquals(1, count("outcomes", "phase", "Failed", "reason", "ClusterEnded"));
    assertEquals(before, registry.getMeters().size());
    assertFalse(registry.scrape().contains("us-equities"));
  }

  /** An exception here would come after each write, and stop the object for good. */
  @Test
  void aStatusThatAHandWroteIsCountedAsFarAsItGoes() {
    FinancialAnalysisStatus halves =
        FinancialAnalysisStatus.EMPTY
            .withPhase(Phase.FINISHING)
            .withAttempt(new Attempt(null, null, null, null, null, null))
            .withOutcome(new Outcome(null, null, null, null, null))
            .withCluster(
                new EmrCluster(null, null, null, null, Instant.EPOCH, null, null, null, null))
            .withConditions(List.of(new Condition(null, null, null, null, null, null)));
    for (Phase phase : Phase.values()) {
      metrics.written(halves.withPhase(phase), world.object);
      world.object.setStatus(halves.withPhase(phase));
      metrics.written(FinancialAnalysisStatus.EMPTY, world.object);
      metrics.written(halves, world.object);
    }
    world.object.setStatus(
        halves.withCluster(halves.cluster().withEndedAt(Instant.EPOCH.plusSeconds(60))));
    metrics.written(halves, world.object);
    assertEquals(60, count("cluster.unit.seconds", "fleet", "core", "outcome", "failed"));
  }

  @Test
  void aRefusedSpecEndsWithoutAnAttempt() {
    world.edit(Samples.SPEC + "environment: nowhere\n");
    world.reconcile();
    assertEquals(1, count("outcomes", "phase", "Failed", "reason", "UnknownEnvironment"));
    assertEquals(0, total("attempts"));
    assertEquals(1, timed("Pending").get(0));
  }

  @Test
  void whatTheUserStopsIsNoFailureOfItsCluster() {
    String id = world.running();
    world.annotate(Request.CANCEL, "now");
    world.reconcile();
    world.end(id, "INTERRUPTED", "TERMINATED", "USER_REQUEST", "Terminated by user request");
    world.reconcile();
    assertEquals(1, count("outcomes", "phase", "Failed", "reason", "Cancelled"));
    assertTrue(count("cluster.unit.seconds", "fleet", "core", "outcome", "stopped") > 0);
    assertEquals(0, count("cluster.unit.seconds", "fleet", "core", "outcome", "failed"));
  }

  @Test
  void theClusterOfADeletedObjectIsCountedWhenTheObjectGoes() {
    world.running();
    world.reconcile();
    var deletion = metrics.watching(object -> Optional.empty());
    deletion.waitsFor(world.object);
    double counted = count("cluster.unit.seconds", "fleet", "core", "outcome", "deleted");
    assertTrue(counted >= 10, "" + counted);

    world.pass(Duration.ofHours(1));
    deletion.waitsFor(world.object);
    assertEquals(counted, count("cluster.unit.seconds", "fleet", "core", "outcome", "deleted"));
  }

  @Test
  void theClusterOfADeletedObjectIsCountedAlsoByAnOperatorThatNeverWroteIt() {
    world.watcher = (before, object) -> {};
    world.running();
    world.reconcile();
    metrics.watching(object -> Optional.empty()).waitsFor(world.object);
    double counted = count("cluster.unit.seconds", "fleet", "core", "outcome", "deleted");
    assertTrue(counted >= 10, "" + counted);
  }

  @Test
  void aClusterThatEndedBeforeItsObjectWasDeletedIsCountedOnce() {
    world.running();
    world.reconcile();
    FinancialAnalysisStatus old = world.status();
    world.succeed();
    double counted = total("cluster.unit.seconds");
    var deletion = metrics.watching(object -> Optional.empty());
    deletion.waitsFor(world.object);
    world.object.setStatus(old);
    deletion.waitsFor(world.object);
    assertEquals(counted, total("cluster.unit.seconds"));
  }

  @Test
  void aDeletedObjectThatStillWaitsIsNotGone() {
    world.running();
    world.reconcile();
    assertEquals(
        Optional.of("its cluster"),
        metrics.watching(object -> Optional.of("its cluster")).waitsFor(world.object));
    assertEquals(0, total("cluster.unit.seconds"));
  }
}
