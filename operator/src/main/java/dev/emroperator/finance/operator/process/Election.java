package dev.emroperator.finance.operator.process;

import dev.emroperator.finance.operator.config.LeaderElection;
import dev.emroperator.finance.operator.health.Vitals;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectorBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election of the one process that works. It is apart from the operator SDK's own
 * election, which stops renewing the lease while reconciliations still finish.
 */
public final class Election {

  private static final Logger LOG = LoggerFactory.getLogger(Election.class);

  private final LeaderElection settings;
  private final SeenLease lease;
  private final KubernetesClient kubernetes;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "election"));
  private volatile boolean released;
  private LeaderElector elector;
  private CompletableFuture<?> running;

  /**
   * Prepares to take part.
   *
   * @param namespace of the lease
   * @param name of the lease
   * @param identity of this process, which stands in the lease while it leads
   */
  public Election(
      LeaderElection settings,
      String namespace,
      String name,
      String identity,
      Config config,
      Clock clock) {
    this.settings = settings;
    this.lease = new SeenLease(new LeaseLock(namespace, name, identity), clock);
    this.kubernetes =
        new KubernetesClientBuilder().withConfig(impatient(config, longestCall(settings))).build();
  }

  /**
   * A renewal that begins just before its deadline reads and writes the lease, and its failure is
   * seen a retry later; all of that must be over before others may take the lease.
   */
  private static Duration longestCall(LeaderElection settings) {
    return settings
        .leaseLasts()
        .minus(settings.renewWithin())
        .minus(settings.retryEvery())
        .dividedBy(2);
  }

  private static Config impatient(Config config, Duration longestCall) {
    int millis = (int) longestCall.toMillis();
    return new ConfigBuilder(config)
        .withRequestTimeout(millis)
        .withConnectionTimeout(millis)
        // The election tries again by itself, and must hear of a failure in time.
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  /**
   * Takes part until {@link #release()}.
   *
   * @param lead once, when this process leads
   * @param lost when it leads no longer, though it did not give the lease away
   */
  public void start(Runnable lead, Runnable lost) {
    LOG.info("{} takes part in the election by lease {}", lease.identity(), lease.describe());
    elector =
        new LeaderElectorBuilder(kubernetes, thread)
            .withConfig(
                new LeaderElectionConfig(
                    lease,
                    settings.leaseLasts(),
                    settings.renewWithin(),
                    settings.retryEvery(),
                    new LeaderCallbacks(
                        lead,
                        () -> {
                          if (!released) {
                            lost.run();
                          }
                        },
                        this::tellLeader),
                    // The elector would try to release a lost lease before it tells of the loss.
                    false,
                    lease.describe()))
            .build();
    running = elector.start();
  }

  /** Gives the lease away, if this process has it, so that another one can take it at once. */
  public void release() {
    released = true;
    if (running == null) {
      return;
    }
    running.cancel(true);
    try {
      if (elector.release()) {
        LOG.info("{} gave the lease away", lease.identity());
      }
    } catch (KubernetesClientException e) {
      LOG.warn("Can't give the lease away, so it has to expire: {}", e.getMessage());
    }
  }

  private void tellLeader(String leader) {
    boolean nobody = leader == null || leader.isEmpty();
    LOG.info("{}", nobody ? "The lease is free" : "The leader is " + leader);
  }

  /** What health wants to know of it. */
  public Vitals.Lease vitals() {
    return new Vitals.Lease(
        settings.leaseLasts(), lease.sinceTried(), lease.sinceAnswered(), lease.sinceHeld());
  }
}
