package dev.emroperator.finance.operator;

import dev.emroperator.finance.operator.config.Accounts.Services;
import dev.emroperator.finance.operator.config.OperatorConfig;
import dev.emroperator.finance.operator.emr.ApiBudget;
import dev.emroperator.finance.operator.emr.AwsEmr;
import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.emr.Operation;
import dev.emroperator.finance.operator.metrics.EmrMetrics;
import dev.emroperator.finance.operator.s3.AwsObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** AWS in one region, with one budget for all who call it. */
final class RegionServices {

  private final OperatorConfig config;
  private final MeterRegistry registry;
  private final Clock clock;

  /** Each client of the SDK would start five threads of its own for this. */
  private final ScheduledThreadPoolExecutor timeouts =
      new ScheduledThreadPoolExecutor(
          1,
          work -> {
            Thread thread = new Thread(work, "aws-timeouts");
            thread.setDaemon(true);
            return thread;
          });

  RegionServices(OperatorConfig config, MeterRegistry registry, Clock clock) {
    this.config = config;
    this.registry = registry;
    this.clock = clock;
    // A call that has its answer leaves nothing behind.
    timeouts.setRemoveOnCancelPolicy(true);
  }

  Services of(String region) {
    EmrMetrics metrics = new EmrMetrics(registry, region);
    ApiBudget budget = new ApiBudget(config.apiShare(), clock);
    AwsEmr emr = new AwsEmr(region, budget, metrics::called, timeouts, clock);
    ClusterSweep sweep =
        new ClusterSweep(
            emr, config.timing().sweepInterval(), budget.perSecond(Operation.LIST_CLUSTERS), clock);
    metrics.watch(budget, sweep, clock);
    return new Services(emr, sweep, new AwsObjectStore(region, timeouts));
  }
}
