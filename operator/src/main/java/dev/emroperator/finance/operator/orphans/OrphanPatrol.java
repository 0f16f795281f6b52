package dev.emroperator.finance.operator.orphans;

import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.Environment.Orphans;
import dev.emroperator.finance.operator.config.OperatorConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends clusters that cost money for nothing: those whose object is gone, and those that are not the
 * one cluster of their object. It runs in the process that leads, between {@link #start} and {@link
 * #stop}.
 */
public final class OrphanPatrol {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanPatrol.class);

  private final List<RegionPatrol> regions;
  private final Duration every;
  private ScheduledExecutorService thread;

  /**
   * Does nothing before {@link #start}.
   *
   * @param report is told once of each cluster that is found
   */
  public OrphanPatrol(
      OperatorConfig config,
      Accounts accounts,
      Objects objects,
      Consumer<Finding> report,
      Clock clock) {
    Judgement judgement =
        new Judgement(
            config.installation(),
            Set.copyOf(config.watchNamespaces()),
            config.timing().orphanAfter());
    every = config.timing().sweepInterval();
    regions =
        accounts.byRegion().entrySet().stream()
            .map(
                region ->
                    new RegionPatrol(
                        region.getKey(),
                        region.getValue().get(0).emr(),
                        region.getValue().get(0).sweep(),
                        judgement,
                        objects,
                        namespace -> mayTerminate(region.getValue(), namespace),
                        report,
                        clock))
            .toList();
  }

  /** Nothing tells which environment a cluster was made in, so each that may have been decides. */
  static boolean mayTerminate(List<Account> accounts, String namespace) {
    return accounts.stream()
        .map(Account::environment)
        .filter(environment -> environment.fence().admits(namespace))
        .noneMatch(environment -> environment.orphans() == Orphans.REPORT);
  }

  /** Begins to look, once for every sweep. */
  public synchronized void start() {
    if (thread != null) {
      return;
    }
    thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, "orphans");
              daemon.setDaemon(true);
              return daemon;
            });
    thread.scheduleWithFixedDelay(
        () -> regions.forEach(OrphanPatrol::round),
        every.toMillis(),
        every.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Stops to look; what is in flight ends first, within a few seconds. */
  public synchronized void stop() {
    if (thread == null) {
      return;
    }
    thread.shutdown();
    try {
      thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  private static void round(RegionPatrol region) {
    try {
      region.round();
    } catch (RuntimeException e) {
      // The next round may do better, and an exception would end all rounds.
      LOG.warn("Can't look for orphans: {}", e.getMessage());
    }
  }
}
