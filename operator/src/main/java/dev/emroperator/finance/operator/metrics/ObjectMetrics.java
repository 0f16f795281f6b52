package dev.emroperator.finance.operator.metrics;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.orphans.Finding;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Objects by phase, and clusters that no object needs. No meter bears the name of an object. */
public record ObjectMetrics(MeterRegistry registry) {

  /** Counts the known objects whenever it is asked. */
  public void watch(Supplier<List<FinancialAnalysis>> known) {
    for (Phase phase : Phase.values()) {
      Gauge.builder("emr.operator.analyses", known, objects -> count(objects.get(), phase))
          .description("FinancialAnalysis objects; one without a phase counts as pending")
          .tag("phase", written(phase))
          .strongReference(true)
          .register(registry);
    }
  }

  /** As in status.phase. */
  private static String written(Phase phase) {
    return phase.name().charAt(0) + phase.name().substring(1).toLowerCase(Locale.ROOT);
  }

  private static double count(List<FinancialAnalysis> objects, Phase phase) {
    return objects.stream()
        .map(object -> object.statusOrEmpty().phase())
        .filter(found -> phase == (found == null ? Phase.PENDING : found))
        .count();
  }

  /** Counts a cluster that costs money for nothing. */
  public void found(Finding finding) {
    String kind = finding.hasObject() ? "stray" : "orphan";
    registry
        .counter("emr.operator.useless.clusters.found", "region", finding.region(), "kind", kind)
        .increment();
    if (finding.terminated()) {
      registry
          .counter(
              "emr.operator.useless.clusters.terminated", "region", finding.region(), "kind", kind)
          .increment();
    }
  }
}
