package dev.emroperator.finance.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Phase;
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
import java.util.List;
import java.util.Set;
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
  void showsTokensAndTheAgeOfTheSweep() {
    ApiBudget budget = new ApiBudget(0.8, clock);
    ClusterSweep sweep = new ClusterSweep(new FakeEmr(clock), Duration.ofSeconds(10), 0.4, clock);
    new EmrMetrics(registry, "eu-west-1").watch(budget, sweep, clock);
    assertScraped("emr_operator_sweep_age_seconds{region=\"eu-west-1\"} NaN");

    sweep.live();
    budget.take(Operation.LIST_CLUSTERS);
    clock.pass(Duration.ofMillis(500));
    assertScraped("emr_operator_sweep_age_seconds{region=\"eu-west-1\"} 0.5");
    assertScraped("emr_operator_sweep_pages{region=\"eu-west-1\"} 1.0");
    assertScraped("emr_operator_api_tokens{operation=\"ListClusters\",region=\"eu-west-1\"} 15.2");
    assertScraped("emr_operator_api_tokens{operation=\"all\",region=\"eu-west-1\"} 20.0");
  }

  @Test
  void countsObjectsByPhaseAndNamesNone() {
    FinancialAnalysis running = Samples.object();
    running.setStatus(FinancialAnalysisStatus.EMPTY.withPhase(Phase.RUNNING));
    new ObjectMetrics(registry).watch(() -> List.of(running, Samples.object()));
    assertEquals(1, registry.get("emr.operator.analyses").tag("phase", "Running").gauge().value());
    assertEquals(1, registry.get("emr.operator.analyses").tag("phase", "Pending").gauge().value());
    assertTrue(!registry.scrape().contains("us-equities"));
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
