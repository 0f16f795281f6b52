package dev.emroperator.finance.operator;

import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.ConfigFile;
import dev.emroperator.finance.operator.config.LeaderElection;
import dev.emroperator.finance.operator.config.OperatorConfig;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.config.Settings;
import dev.emroperator.finance.operator.events.EventRecorder;
import dev.emroperator.finance.operator.events.PhaseEvents;
import dev.emroperator.finance.operator.health.HealthServer;
import dev.emroperator.finance.operator.metrics.ObjectMetrics;
import dev.emroperator.finance.operator.metrics.ProcessMetrics;
import dev.emroperator.finance.operator.metrics.ReconcileErrors;
import dev.emroperator.finance.operator.metrics.RunMetrics;
import dev.emroperator.finance.operator.orphans.Objects;
import dev.emroperator.finance.operator.orphans.OrphanEvents;
import dev.emroperator.finance.operator.orphans.OrphanPatrol;
import dev.emroperator.finance.operator.plan.JobJar;
import dev.emroperator.finance.operator.process.Copies;
import dev.emroperator.finance.operator.process.Election;
import dev.emroperator.finance.operator.process.InstallationCheck;
import dev.emroperator.finance.operator.process.ReconcileThreads;
import dev.emroperator.finance.operator.process.Shutdown;
import dev.emroperator.finance.operator.process.StartCheck;
import dev.emroperator.finance.operator.process.VitalSigns;
import dev.emroperator.finance.operator.reconciler.Changes;
import dev.emroperator.finance.operator.reconciler.FinancialAnalysisReconciler;
import dev.emroperator.finance.operator.reconciler.Neighbours;
import dev.emroperator.finance.operator.reconciler.Way;
import dev.emroperator.finance.operator.reconciler.Ways;
import dev.emroperator.finance.operator.reconciler.steps.Claimant;
import dev.emroperator.finance.operator.reconciler.steps.LastRequests;
import dev.emroperator.finance.operator.reconciler.steps.TerminateOnDelete;
import dev.emroperator.finance.operator.status.StatusWriter;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the operator. Environment: {@code EMR_OPERATOR_CONFIG} is the configuration file, {@code
 * EMR_OPERATOR_HEALTH_PORT} the port of the probes (default 8080), {@code EMR_OPERATOR_LOG} json or
 * text; Kubernetes and AWS are found by their own standard settings. Exit code 0 after SIGTERM, 1
 * when it can't start or can't go on. With the argument {@code check} it only looks at an
 * installation, see {@link InstallationCheck}.
 */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int CONCURRENT_OBJECTS = 16;

  /** Else all objects are at once in memory as text, when the operator starts. */
  private static final long OBJECTS_OF_A_PAGE = 500;

  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  private Main() {}

  public static void main(String[] args) {
    try {
      Settings settings = Settings.read(System.getenv());
      if (args.length > 0) {
        System.exit(check(List.of(args), settings));
      }
      start(settings);
    } catch (ConfigFile.ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (IOException e) {
      LOG.error(
          "The port EMR_OPERATOR_HEALTH_PORT can't be used, name another: {}", e.getMessage());
      System.exit(1);
    } catch (RuntimeException e) {
      LOG.error("Can't start", e);
      System.exit(1);
    }
  }

  private static int check(List<String> arguments, Settings settings) {
    List<String> problems =
        InstallationCheck.problems(arguments, settings, Config.autoConfigure(null));
    problems.forEach(LOG::error);
    if (problems.isEmpty()) {
      LOG.info("Installation {} is as it should be", settings.config().installation());
    }
    return problems.isEmpty() ? 0 : 1;
  }

  private static void start(Settings settings) throws IOException {
    OperatorConfig config = settings.config();
    Config cluster = Config.autoConfigure(null);
    List<String> missing = StartCheck.problems(cluster, config, settings.leaseNamespace());
    if (!missing.isEmpty()) {
      missing.forEach(LOG::error);
      System.exit(1);
    }
    Clock clock = Clock.systemUTC();
    KubernetesClient kubernetes =
        new KubernetesClientBuilder()
            .withConfig(cluster)
            .withKubernetesSerialization(new KubernetesSerialization(LenientJson.mapper(), true))
            .build();
    PrometheusMeterRegistry registry = ProcessMetrics.in(PrometheusConfig.DEFAULT);
    Accounts accounts = new Accounts(config, new RegionServices(config, registry, clock)::of);
    ReconcileThreads threads = new ReconcileThreads(CONCURRENT_OBJECTS, clock);
    ProcessMetrics.leads(registry, threads::isOpen);
    Optional<Election> election = election(settings, cluster, clock);
    Neighbours neighbours = new Neighbours();
    LastRequests requests = new LastRequests();
    OrphanPatrol orphans = orphans(config, accounts, kubernetes, neighbours::all, registry, clock);
    Shutdown shutdown = new Shutdown(threads, () -> handOver(orphans, election), System::exit);
    Operator operator =
        operator(
            kubernetes,
            threads,
            shutdown,
            new AggregatedMetrics(
                List.of(
                    MicrometerMetrics.withoutPerResourceMetrics(registry),
                    new ReconcileErrors(registry))));
    operator.register(
        reconciler(
            config,
            accounts,
            kubernetes,
            neighbours,
            new RunMetrics(registry, clock),
            requests,
            clock),
        o -> {
          o.withRetry(retry());
          o.withGenerationAware(false);
          o.withOnUpdateFilter(Changes::matter);
          o.withInformerListLimit(OBJECTS_OF_A_PAGE);
          if (config.watchNamespaces().isEmpty()) {
            o.watchingAllNamespaces();
          } else {
            o.settingNamespaces(Set.copyOf(config.watchNamespaces()));
          }
        });
    HealthServer health =
        new HealthServer(
            settings.healthPort(), new VitalSigns(operator, threads, shutdown, election));
    health.serve("/metrics", registry::scrape);
    shutdown.install();
    try {
      operator.start();
    } catch (RuntimeException e) {
      shutdown.fail("The operator can't start: " + e);
    }
    LOG.info("Installation {} is ready; probes on port {}", config.installation(), health.port());
    Runnable lead =
        () -> {
          requests.began(clock.instant());
          lead(threads, orphans);
        };
    election.ifPresentOrElse(e -> e.start(lead, shutdown::lostLead), lead);
  }

  /** From here on this process alone acts. */
  private static void lead(ReconcileThreads threads, OrphanPatrol orphans) {
    threads.open();
    orphans.start();
  }

  /** From here on this process does nothing any more that another one might do. */
  private static void handOver(OrphanPatrol orphans, Optional<Election> election) {
    orphans.stop();
    election.ifPresent(Election::release);
  }

  private static Operator operator(
      KubernetesClient kubernetes, ReconcileThreads threads, Shutdown shutdown, Metrics metrics) {
    return new Operator(
        o ->
            o.withKubernetesClient(kubernetes)
                .withExecutorService(threads)
                .withMetrics(metrics)
                .withResourceCloner(new Copies(kubernetes.getKubernetesSerialization()))
                .withInformerStoppedHandler(
                    (informer, cause) -> {
                      if (cause != null) {
                        shutdown.fail("An informer has stopped: " + cause);
                      }
                    })
                .withUseSSAToPatchPrimaryResource(false));
  }

  private static Optional<Election> election(Settings settings, Config cluster, Clock clock) {
    LeaderElection rules = settings.config().leaderElection();
    return settings.leaseNamespace() == null
        ? Optional.empty()
        : Optional.of(
            new Election(
                rules,
                settings.leaseNamespace(),
                rules.leaseName(settings.config().installation()),
                settings.identity(),
                cluster,
                clock));
  }

  private static OrphanPatrol orphans(
      OperatorConfig config,
      Accounts accounts,
      KubernetesClient kubernetes,
      Supplier<List<FinancialAnalysis>> known,
      MeterRegistry registry,
      Clock clock) {
    ObjectMetrics metrics = new ObjectMetrics(registry);
    metrics.watch(known, clock);
    metrics.begin(accounts.byRegion().keySet());
    OrphanEvents events = new OrphanEvents(new EventRecorder(kubernetes, clock));
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
      OperatorConfig config,
      Accounts accounts,
      KubernetesClient kubernetes,
      Neighbours neighbours,
      RunMetrics metrics,
      LastRequests requests,
      Clock clock) {
    Timing timing = config.timing();
    Claimant claimant = Claimant.of(config.installation());
    Way way =
        Ways.of(
            config,
            accounts,
            claimant,
            requests,
            JobJar.bundled(),
            LenientJson.mapper(),
            neighbours,
            object -> kubernetes.resource(object).lockResourceVersion().delete(),
            clock);
    return new FinancialAnalysisReconciler(
        way,
        metrics.watching(
            new TerminateOnDelete(
                object -> kubernetes.resource(object).get(),
                accounts,
                claimant,
                requests,
                timing,
                clock)),
        new StatusWriter(new PhaseEvents(new EventRecorder(kubernetes, clock)), metrics::written)
            ::write,
        neighbours,
        timing.sweepInterval(),
        clock);
  }

  private static GenericRetry retry() {
    return new GenericRetry()
        .withoutMaxAttempts()
        .setInitialInterval(1000)
        .setMaxInterval((int) LONGEST_RETRY.toMillis());
  }
}
