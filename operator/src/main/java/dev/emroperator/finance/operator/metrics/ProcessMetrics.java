package dev.emroperator.finance.operator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/**
 * What on-call people ask of any process: memory, threads, CPU, the time since its start, which
 * version it is, and whether it is the one that works.
 */
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
    Gauge.builder("emr.operator.build.info", () -> 1)
        .description("The version that runs")
        .tag("version", version())
        .register(registry);
    return registry;
  }

  /** Shows 1 while this process leads, and 0 while another one does or none. */
  public static void leads(MeterRegistry registry, BooleanSupplier leads) {
    Gauge.builder("emr.operator.leader", leads, now -> now.getAsBoolean() ? 1 : 0)
        .description("1 in the process that works on objects; the others wait for its lease")
        .strongReference(true)
        .register(registry);
  }

  /** As the build has written it; the jar's manifest is not there in an image. */
  private static String version() {
    Properties build = new Properties();
    try (InputStream file = ProcessMetrics.class.getResourceAsStream("/emr-operator.properties")) {
      build.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version");
  }
}
