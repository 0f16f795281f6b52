package dev.emroperator.finance.operator.metrics;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.orphans.Finding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Objects by phase, and clusters that no object needs. No meter bears the name of an object. */
public record ObjectMetrics(MeterRegistry registry) {

  private static final String FOUND = "emr.operator.useless.clusters.found";
  private static final String TERMINATED = "emr.operator.useless.clusters.terminated";
  private static final String ORPHAN = "orphan";
  private static final String STRAY = "stray";

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

  /** Begins to count at 0, since Prometheus doesn't see an increase to the first value. */
  public void begin(Set<String> regions) {
    for (String region : regions) {
      for (String kind : List.of(ORPHAN, STRAY)) {
        counter(FOUND, region, kind);
        counter(TERMINATED, region, kind);
      }
    }
  }

  /** Counts a cluster that costs money for nothing. */
  public void found(Finding finding) {
    String kind = finding.hasObject() ? STRAY : ORPHAN;
    counter(FOUND, finding.region(), kind).increment();
    if (finding.terminated()) {
      counter(TERMINATED, finding.region(), kind).increment();
    }
  }

  private Counter counter(String name, String region, String kind) {
    return registry.counter(name, "region", region, "kind", kind);
  }
}
