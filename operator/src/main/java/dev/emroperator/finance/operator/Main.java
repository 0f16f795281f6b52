package dev.emroperator.finance.operator;

import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Services;
import dev.emroperator.finance.operator.config.ConfigFile;
import dev.emroperator.finance.operator.config.LeaderElection;
import dev.emroperator.finance.operator.config.OperatorConfig;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.config.Settings;
import dev.emroperator.finance.operator.emr.AwsEmr;
import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.events.EventRecorder;
import dev.emroperator.finance.operator.events.PhaseEvents;
import dev.emroperator.finance.operator.health.HealthServer;
import dev.emroperator.finance.operator.plan.JobJar;
import dev.emroperator.finance.operator.process.Election;
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
import dev.emroperator.finance.operator.reconciler.steps.TerminateOnDelete;
import dev.emroperator.finance.operator.s3.AwsObjectStore;
import dev.emroperator.finance.operator.status.StatusWriter;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the operator. Environment: {@code EMR_OPERATOR_CONFIG} is the configuration file, {@code
 * EMR_OPERATOR_HEALTH_PORT} the port of the probes (default 8080), {@code EMR_OPERATOR_LOG} json or
 * text; Kubernetes and AWS are found by their own standard settings. Exit code 0 after SIGTERM, 1
 * when it can't start or can't go on.
 */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int CONCURRENT_OBJECTS = 16;
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  private Main() {}

  public static void main(String[] args) {
    try {
      start(Settings.read(System.getenv()));
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
    ReconcileThreads threads = new ReconcileThreads(CONCURRENT_OBJECTS, clock);
    Optional<Election> election = election(settings, cluster, clock);
    Shutdown shutdown =
        new Shutdown(threads, () -> election.ifPresent(Election::release), System::exit);
    Operator operator = operator(kubernetes, threads, shutdown);
    operator.register(
        reconciler(config, kubernetes, clock),
        o -> {
          o.withRetry(retry());
          o.withGenerationAware(false);
          o.withOnUpdateFilter(Changes::matter);
          if (config.watchNamespaces().isEmpty()) {
            o.watchingAllNamespaces();
          } else {
            o.settingNamespaces(Set.copyOf(config.watchNamespaces()));
          }
        });
    HealthServer health =
        new HealthServer(
            settings.healthPort(), new VitalSigns(operator, threads, shutdown, election));
    shutdown.install();
    operator.start();
    LOG.info("Installation {} is ready; probes on port {}", config.installation(), health.port());
    election.ifPresentOrElse(
        e -> e.start(() -> lead(threads), shutdown::lostLead), () -> lead(threads));
  }

  /** From here on this process alone acts. */
  private static void lead(ReconcileThreads threads) {
    threads.open();
  }

  private static Operator operator(
      KubernetesClient kubernetes, ReconcileThreads threads, Shutdown shutdown) {
    return new Operator(
        o ->
            o.withKubernetesClient(kubernetes)
                .withExecutorService(threads)
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

  private static FinancialAnalysisReconciler reconciler(
      OperatorConfig config, KubernetesClient kubernetes, Clock clock) {
    Timing timing = config.timing();
    Accounts accounts = new Accounts(config, region -> services(region, timing, clock));
    Neighbours neighbours = new Neighbours();
    Way way =
        Ways.of(
            config,
            accounts,
            Claimant.of(config.installation()),
            JobJar.bundled(),
            LenientJson.mapper(),
            neighbours,
            object -> kubernetes.resource(object).lockResourceVersion().delete(),
            clock);
    return new FinancialAnalysisReconciler(
        way,
        new TerminateOnDelete(object -> kubernetes.resource(object).get(), accounts, timing, clock),
        new StatusWriter(new PhaseEvents(new EventRecorder(kubernetes, clock)))::write,
        neighbours,
        timing.sweepInterval(),
        clock);
  }

  private static Services services(String region, Timing timing, Clock clock) {
    AwsEmr emr = new AwsEmr(region);
    return new Services(
        emr, new ClusterSweep(emr, timing.sweepInterval(), clock), new AwsObjectStore(region));
  }

  private static GenericRetry retry() {
    return new GenericRetry()
        .withoutMaxAttempts()
        .setInitialInterval(1000)
        .setMaxInterval((int) LONGEST_RETRY.toMillis());
  }
}
