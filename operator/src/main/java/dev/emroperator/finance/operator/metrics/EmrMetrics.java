package dev.emroperator.finance.operator.metrics;

import dev.emroperator.finance.operator.emr.ApiBudget;
import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.emr.Operation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** What is asked of EMR in one region, and how old the answers are. */
public record EmrMetrics(MeterRegistry registry, String region) {

  /**
   * Counts a call.
   *
   * @param outcome {@code success}, {@code throttled}, {@code refused}, {@code not_sent} or {@code
   *     unknown_outcome}
   */
  public void called(Operation operation, String outcome) {
    calls(operation, outcome).increment();
  }

  /**
   * Shows how long calls wait, and the state of the sweep. Calls begin at 0, since Prometheus
   * doesn't see an increase to the first value, and who looks for failed ones should see that there
   * are none.
   */
  public void watch(ApiBudget budget, ClusterSweep sweep, Clock clock) {
    for (Operation operation : Operation.values()) {
      waiting(operation, budget);
      calls(operation, "success");
      for (EmrException.Kind kind : EmrException.Kind.values()) {
        calls(operation, kind.outcome());
      }
    }
    Gauge.builder("emr.operator.sweep.age", sweep, s -> age(s, clock))
        .description("Seconds since the last sweep of live clusters that succeeded; NaN before")
        .baseUnit("seconds")
        .tag("region", region)
        .register(registry);
    Gauge.builder("emr.operator.sweep.pages", sweep, ClusterSweep::pages)
        .description("Pages of the last sweep, each a ListClusters")
        .tag("region", region)
        .register(registry);
  }

  private Counter calls(Operation operation, String outcome) {
    return Counter.builder("emr.operator.api.calls")
        .description("Calls to EMR, by what came of them")
        .tag("region", region)
        .tag("operation", operation.emrName())
        .tag("outcome", outcome)
        .register(registry);
  }

  private void waiting(Operation operation, ApiBudget budget) {
    FunctionCounter.builder("emr.operator.api.waiting", budget, b -> waited(b, operation))
        .description("Time in which somebody waited for the operator's share of the quota")
        .baseUnit("seconds")
        .tag("region", region)
        .tag("operation", operation.emrName())
        .register(registry);
  }

  private static double waited(ApiBudget budget, Operation operation) {
    return budget.waited(operation).toMillis() / 1000.0;
  }

  private static double age(ClusterSweep sweep, Clock clock) {
    return sweep
        .sweptAt()
        .map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
        .orElse(Double.NaN);
  }
}
