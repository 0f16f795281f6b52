package dev.emroperator.finance.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Condition;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.ManualClock;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.emr.ApiBudget;
import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.FakeEmr;
import dev.emroperator.finance.operator.emr.Operation;
import dev.emroperator.finance.operator.orphans.Finding;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final ManualClock clock = new ManualClock();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private void assertScraped(String line) {
    String text = registry.scrape();
    assertTrue(text.lines().anyMatch(line::equals), line + "\nis not in\n" + text);
  }

  @Test
  void countsCallsByOperationAndOutcome() {
    EmrMetrics metrics = new EmrMetrics(registry, "eu-west-1");
    metrics.called(Operation.LIST_CLUSTERS, "success");
    metrics.called(Operation.LIST_CLUSTERS, "success");
    metrics.called(Operation.LIST_CLUSTERS, "throttled");
    assertScraped(
        "emr_operator_api_calls_total{operation=\"ListClusters\",outcome=\"success\",region=\"eu-west-1\"} 2.0");
    assertScraped(
        "emr_operator_api_calls_total{operation=\"ListClusters\",outcome=\"throttled\",region=\"eu-west-1\"} 1.0");
  }

  @Test
  void showsWaitsTheAgeOfTheSweepAndThatNothingWasCalled() {
    ApiBudget budget = new ApiBudget(0.8, clock);
    ClusterSweep sweep = new ClusterSweep(new FakeEmr(clock), Duration.ofSeconds(10), 0.4, clock);
    new EmrMetrics(registry, "eu-west-1").watch(budget, sweep, clock);
    assertScraped("emr_operator_sweep_age_seconds{region=\"eu-west-1\"} NaN");
    assertScraped(
        "emr_operator_api_calls_total{operation=\"RunJobFlow\",outcome=\"unknown_outcome\",region=\"eu-west-1\"} 0.0");

    sweep.live();
    budget.throttled(Operation.DESCRIBE_CLUSTER);
    assertThrows(ApiBudget.Spent.class, () -> budget.take(Operation.DESCRIBE_CLUSTER));
    clock.pass(Duration.ofMillis(500));
    assertScraped("emr_operator_sweep_age_seconds{region=\"eu-west-1\"} 0.5");
    assertScraped("emr_operator_sweep_pages{region=\"eu-west-1\"} 1.0");
    assertScraped(
        "emr_operator_api_waiting_seconds_total{operation=\"ListClusters\",region=\"eu-west-1\"} 0.0");
    assertScraped(
        "emr_operator_api_waiting_seconds_total{operation=\"DescribeCluster\",region=\"eu-west-1\"} 1.25");
  }

  @Test
  void countsObjectsByPhaseAndNamesNone() {
    FinancialAnalysis running = Samples.object();
    running.setStatus(FinancialAnalysisStatus.EMPTY.withPhase(Phase.RUNNING));
    new ObjectMetrics(registry).watch(() -> List.of(running, Samples.object()), clock);
    assertEquals(1, registry.get("emr.operator.analyses").tag("phase", "Running").gauge().value());
    assertEquals(1, registry.get("emr.operator.analyses").tag("phase", "Pending").gauge().value());
    assertTrue(!registry.scrape().contains("us-equities"));
  }

  private FinancialAnalysis waiting(Phase phase, Reason reason, String since) {
    FinancialAnalysis object = Samples.object();
    Instant at = Instant.parse(since);
    object.setStatus(
        FinancialAnalysisStatus.EMPTY
            .withPhase(phase)
            .withConditions(
                List.of(
                    new Condition("Ready", "False", 1L, at, reason, "it waits"),
                    new Condition("Reconciling", "True", 1L, at, reason, "it waits"))));
    return object;
  }

  @Test
  void showsWhatObjectsWaitForAndSinceWhen() {
    FinancialAnalysis first = waiting(Phase.PENDING, Reason.QUEUED, "2026-03-02T09:59:55Z");
    FinancialAnalysis later = waiting(Phase.PENDING, Reason.QUEUED, "2026-03-02T09:59:58Z");
    FinancialAnalysis blocked =
        waiting(Phase.RUNNING, Reason.DELETION_BLOCKED, "2026-03-02T09:59:50Z");
    FinancialAnalysis asked = waiting(Phase.PROVISIONING, Reason.REQUESTED, "2026-03-02T09:00:00Z");
    asked.setStatus(
        asked
            .getStatus()
            .withAttempt(new Attempt(1, "a", Instant.parse("2026-03-02T09:10:00Z"), "p", 0, null)));
    new ObjectMetrics(registry).watch(() -> List.of(first, later, blocked, asked), clock);
    assertScraped("emr_operator_analyses_waiting{reason=\"Queued\"} 2.0");
    assertScraped("emr_operator_analyses_waiting{reason=\"DeletionBlocked\"} 1.0");
    assertScraped("emr_operator_analyses_waiting{reason=\"InternalError\"} 0.0");
    assertScraped("emr_operator_longest_in_phase_seconds{phase=\"Pending\"} 5.0");
    assertScraped("emr_operator_longest_in_phase_seconds{phase=\"Provisioning\"} 3000.0");
    assertScraped("emr_operator_longest_in_phase_seconds{phase=\"Finishing\"} 0.0");
  }

  @Test
  void oneScrapeCountsTheObjectsOnce() {
    AtomicInteger asked = new AtomicInteger();
    new ObjectMetrics(registry)
        .watch(
            () -> {
              asked.incrementAndGet();
              return List.of();
            },
            clock);
    registry.scrape();
    assertEquals(1, asked.get());
    clock.pass(Duration.ofSeconds(1));
    registry.scrape();
    assertEquals(2, asked.get());
  }

  @Test
  void tellsWhichVersionRunsAndWhetherItLeads() {
    AtomicBoolean open = new AtomicBoolean();
    PrometheusMeterRegistry process = ProcessMetrics.in(PrometheusConfig.DEFAULT);
    ProcessMetrics.leads(process, open::get);
    String waiting = process.scrape();
    assertTrue(waiting.contains("\nemr_operator_leader 0.0\n"), waiting);
    assertTrue(waiting.contains("\nprocess_start_time_seconds "), waiting);
    Matcher version =
        Pattern.compile("\nemr_operator_build_info\\{version=\"(.+)\"} 1").matcher(waiting);
    assertTrue(version.find(), waiting);
    assertTrue(version.group(1).matches("[0-9]+\\.[0-9]+\\..+"), version.group(1));

    open.set(true);
    assertTrue(process.scrape().contains("\nemr_operator_leader 1.0\n"));
  }

  @Test
  void countsReconcileErrorsFromZero() {
    ReconcileErrors errors = new ReconcileErrors(registry);
    assertScraped("emr_operator_reconcile_errors_total 0.0");
    errors.failedReconciliation(Samples.object(), new IllegalStateException("no"), Map.of());
    assertScraped("emr_operator_reconcile_errors_total 1.0");
  }

  @Test
  void countsWhatIsFoundAndWhatIsTerminated() {
    ClusterSummary cluster = new ClusterSummary("j-1", "n", "RUNNING", null, null, null, null);
    ObjectMetrics metrics = new ObjectMetrics(registry);
    metrics.found(new Finding(cluster, "eu-west-1", false, "research", "a", "uid", false));
    metrics.found(new Finding(cluster, "eu-west-1", true, "research", "a", "uid", true));
    assertScraped(
        "emr_operator_useless_clusters_found_total{kind=\"orphan\",region=\"eu-west-1\"} 1.0");
    assertScraped(
        "emr_operator_useless_clusters_terminated_total{kind=\"stray\",region=\"eu-west-1\"} 1.0");
  }

  @Test
  void countsFromZeroSoThatTheFirstOrphanIsAnIncrease() {
    new ObjectMetrics(registry).begin(Set.of("eu-west-1"));
    assertScraped(
        "emr_operator_useless_clusters_found_total{kind=\"orphan\",region=\"eu-west-1\"} 0.0");
    assertScraped(
        "emr_operator_useless_clusters_terminated_total{kind=\"stray\",region=\"eu-west-1\"} 0.0");
  }
}
