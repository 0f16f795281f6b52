package dev.emroperator.finance.operator.metrics;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** What on-call people ask of any JVM: memory, threads, CPU, and the time since its start. */
public final class ProcessMetrics {

  private ProcessMetrics() {}

  /** A registry that has them already. */
  public static PrometheusMeterRegistry in(PrometheusConfig config) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(config);
    List<MeterBinder> all =
        List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics());
    all.forEach(metrics -> metrics.bindTo(registry));
    return registry;
  }
}
