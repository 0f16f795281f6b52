package dev.emroperator.finance.operator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.ConfigFile;
import dev.emroperator.finance.operator.config.OperatorConfig;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.events.PhaseEvents;
import dev.emroperator.finance.operator.health.HealthServer;
import dev.emroperator.finance.operator.metrics.ObjectMetrics;
import dev.emroperator.finance.operator.orphans.Objects;
import dev.emroperator.finance.operator.orphans.OrphanEvents;
import dev.emroperator.finance.operator.orphans.OrphanPatrol;
import dev.emroperator.finance.operator.plan.JobJar;
import dev.emroperator.finance.operator.reconciler.FinancialAnalysisReconciler;
import dev.emroperator.finance.operator.reconciler.Way;
import dev.emroperator.finance.operator.reconciler.steps.Claim;
import dev.emroperator.finance.operator.reconciler.steps.ClaimAgain;
import dev.emroperator.finance.operator.reconciler.steps.Claimant;
import dev.emroperator.finance.operator.reconciler.steps.Collect;
import dev.emroperator.finance.operator.reconciler.steps.CurrentPointer;
import dev.emroperator.finance.operator.reconciler.steps.Launch;
import dev.emroperator.finance.operator.reconciler.steps.Observe;
import dev.emroperator.finance.operator.reconciler.steps.Plans;
import dev.emroperator.finance.operator.reconciler.steps.Retire;
import dev.emroperator.finance.operator.reconciler.steps.RunRecords;
import dev.emroperator.finance.operator.reconciler.steps.TerminateOnDelete;
import dev.emroperator.finance.operator.reconciler.steps.Validate;
import dev.emroperator.finance.operator.status.StatusWriter;
import dev.emroperator.finance.operator.status.Transitions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the operator. Environment: {@code EMR_OPERATOR_CONFIG} is the configuration file, {@code
 * EMR_OPERATOR_HEALTH_PORT} the port of the probes (default 8080); Kubernetes and AWS are found by
 * their own standard settings.
 */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int CONCURRENT_OBJECTS = 16;
  private static final Duration FINISH_IN_FLIGHT = Duration.ofSeconds(100);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  private Main() {}

  public static void main(String[] args) throws IOException {
    String file =
        System.getenv().getOrDefault("EMR_OPERATOR_CONFIG", "/etc/emr-operator/config.yaml");
    try {
      start(ConfigFile.read(Path.of(file)));
    } catch (ConfigFile.ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void start(OperatorConfig config) throws IOException {
    Clock clock = Clock.systemUTC();
    KubernetesClient kubernetes =
        new KubernetesClientBuilder()
            .withKubernetesSerialization(new KubernetesSerialization(json(), true))
            .build();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Accounts accounts =
        new Accounts(config, region -> RegionServices.of(region, config, registry, clock));
    FinancialAnalysisReconciler reconciler = reconciler(config, accounts, kubernetes, clock);
    Metrics metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);

    Operator operator =
        new Operator(
            o ->
                o.withKubernetesClient(kubernetes)
                    .withConcurrentReconciliationThreads(CONCURRENT_OBJECTS)
                    .withReconciliationTerminationTimeout(FINISH_IN_FLIGHT)
                    .withMetrics(metrics)
                    .withUseSSAToPatchPrimaryResource(false));
    RegisteredController<FinancialAnalysis> controller =
        operator.register(
            reconciler,
            o -> {
              o.withRetry(retry());
              if (config.watchNamespaces().isEmpty()) {
                o.watchingAllNamespaces();
              } else {
                o.settingNamespaces(Set.copyOf(config.watchNamespaces()));
              }
            });
    HealthServer health =
        new HealthServer(
            Integer.parseInt(System.getenv().getOrDefault("EMR_OPERATOR_HEALTH_PORT", "8080")),
            () -> true,
            () ->
                operator.getRuntimeInfo().isStarted()
                    && operator.getRuntimeInfo().allEventSourcesAreHealthy());
    health.serve("/metrics", registry::scrape);
    OrphanPatrol orphans =
        orphans(config, accounts, kubernetes, known(controller), registry, clock);
    operator.installShutdownHook(FINISH_IN_FLIGHT);
    operator.start();
    orphans.start();
    LOG.info("Installation {} is ready; probes on port {}", config.installation(), health.port());
  }

  /** What the informer holds. */
  private static Supplier<List<FinancialAnalysis>> known(
      RegisteredController<FinancialAnalysis> controller) {
    var objects =
        ((Controller<FinancialAnalysis>) controller)
            .getEventSourceManager()
            .getControllerEventSource();
    return () -> objects.list(object -> true).toList();
  }

  private static OrphanPatrol orphans(
      OperatorConfig config,
      Accounts accounts,
      KubernetesClient kubernetes,
      Supplier<List<FinancialAnalysis>> known,
      MeterRegistry registry,
      Clock clock) {
    ObjectMetrics metrics = new ObjectMetrics(registry);
    metrics.watch(known);
    OrphanEvents events = new OrphanEvents(kubernetes, clock);
    return new OrphanPatrol(
        config,
        accounts,
        Objects.of(kubernetes, known),
        finding -> {
          metrics.found(finding);
          events.found(finding);
        },
        clock);
  }

  private static FinancialAnalysisReconciler reconciler(
      OperatorConfig config, Accounts accounts, KubernetesClient kubernetes, Clock clock) {
    Timing timing = config.timing();
    Transitions transitions = new Transitions(clock);
    Claimant claimant = Claimant.of(config.installation());
    JobJar job = JobJar.bundled();
    ObjectMapper json = json();
    Plans plans = new Plans(config.installation(), json);
    RunRecords records = new RunRecords(json);
    return new FinancialAnalysisReconciler(
        new Way(
            new Validate(accounts, transitions),
            new Claim(accounts, job, claimant, transitions, clock, plans),
            new Launch(accounts, job, claimant, timing, transitions, clock),
            new Observe(accounts, records, timing, transitions, clock),
            new Collect(accounts, records, new CurrentPointer(json), timing, transitions, clock),
            new Retire(accounts, timing, transitions, clock),
            new ClaimAgain(accounts, claimant, transitions, clock, plans)),
        new TerminateOnDelete(object -> kubernetes.resource(object).get(), accounts, timing, clock),
        new StatusWriter(new PhaseEvents(kubernetes, clock)),
        transitions,
        timing.sweepInterval());
  }

  private static GenericRetry retry() {
    return new GenericRetry()
        .withoutMaxAttempts()
        .setInitialInterval(1000)
        .setMaxInterval((int) LONGEST_RETRY.toMillis());
  }

  /** Lenient: an object that this version can't read in full must not stop all others. */
  private static ObjectMapper json() {
    return JsonMapper.builder()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
        .build();
  }
}
