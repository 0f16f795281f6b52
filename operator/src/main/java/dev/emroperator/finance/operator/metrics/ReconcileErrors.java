package dev.emroperator.finance.operator.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/**
 * Counts the reconciliations that ended with an exception, mostly the API server's; they are taken
 * up again. Unlike the operator SDK's own count it begins at 0, so that the first is an increase.
 */
public final class ReconcileErrors implements Metrics {

  private final Counter errors;

  public ReconcileErrors(MeterRegistry registry) {
    errors =
        Counter.builder("emr.operator.reconcile.errors")
            .description("Reconciliations that ended with an exception, and are taken up again")
            .register(registry);
  }

  @Override
  public void failedReconciliation(
      HasMetadata resource, Exception exception, Map<String, Object> metadata) {
    errors.increment();
  }
}
