package dev.emroperator.finance.operator.metrics;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.orphans.Finding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
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

  /** Those in which an object should not be for hours, and whose beginning status tells. */
  private static final List<Phase> PASSING =
      List.of(Phase.PENDING, Phase.PROVISIONING, Phase.FINISHING);

  /** Counts the known objects whenever it is asked. */
  public void watch(Supplier<List<FinancialAnalysis>> known, Clock clock) {
    Census.Latest census = new Census.Latest(known, clock);
    for (Phase phase : Phase.values()) {
      Gauge.builder("emr.operator.analyses", census, c -> c.get().phases().getOrDefault(phase, 0))
          .description("FinancialAnalysis objects; one without a phase counts as pending")
          .tag("phase", written(phase))
          .strongReference(true)
          .register(registry);
    }
    for (Reason reason : CountedReasons.WAITING) {
      Gauge.builder(
              "emr.operator.analyses.waiting",
              census,
              c -> c.get().waiting().getOrDefault(reason, 0))
          .description("Objects that wait, by what their conditions say")
          .tag("reason", reason.code())
          .strongReference(true)
          .register(registry);
    }
    for (Phase phase : PASSING) {
      Gauge.builder(
              "emr.operator.longest.in.phase",
              census,
              c -> c.get().longest().getOrDefault(phase, 0.0))
          .description("Age in its phase of the object that is longest in it; 0 without one")
          .baseUnit("seconds")
          .tag("phase", written(phase))
          .strongReference(true)
          .register(registry);
    }
  }

  /** As in status.phase. */
  static String written(Phase phase) {
    return phase.name().charAt(0) + phase.name().substring(1).toLowerCase(Locale.ROOT);
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
    return Counter.builder(name)
        .description("Live clusters that cost money for nothing, each counted once")
        .tag("region", region)
        .tag("kind", kind)
        .register(registry);
  }
}
