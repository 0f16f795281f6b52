package dev.emroperator.finance.emulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.emulator.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All clusters of an account and the rules by which their states change. Its monitor guards every
 * cluster, step, fleet and instance.
 */
public final class Account {

  private final Settings settings;
  private final Clock clock;
  private final Scheduler scheduler;
  private final StepRunner runner;
  private final Map<String, Cluster> clusters = new LinkedHashMap<>();
  private final Map<Step, StepRunner.Running> running = new HashMap<>();
  private final Set<Cluster> frozen = new HashSet<>();

  public Account(Settings settings, Clock clock, Scheduler scheduler, StepRunner runner) {
    this.settings = settings;
    this.clock = clock;
    this.scheduler = scheduler;
    this.runner = runner;
  }

  /** A new cluster, STARTING. */
  public synchronized Cluster create(JsonNode request, String region) {
    Cluster cluster = new Cluster(request, region, settings.account(), now());
    clusters.put(cluster.id(), cluster);
    addSteps(cluster, request.path("Steps"));
    later(settings.provisioning(), () -> bootstrap(cluster));
    return cluster;
  }

  public synchronized List<Cluster> clusters() {
    return List.copyOf(clusters.values());
  }

  /** The cluster, or null. */
  public synchronized Cluster find(String id) {
    return clusters.get(id);
  }

  /** Appends steps, and runs them when their turn comes. */
  public synchronized List<Step> addSteps(Cluster cluster, JsonNode requests) {
    List<Step> added = new ArrayList<>();
    requests.forEach(request -> added.add(new Step(request, now())));
    cluster.steps().addAll(added);
    runNext(cluster);
    return added;
  }

  /** Cancels a step that has not ended; false if it has. */
  public synchronized boolean cancel(Cluster cluster, Step step) {
    if (!step.isActive()) {
      return false;
    }
    if (step.isPending()) {
      step.end("CANCELLED", now(), null);
      runNext(cluster);
    } else {
      step.cancelPending();
      running.get(step).cancel();
    }
    return true;
  }

  /** Ends a cluster; one that is ending already goes on as it was. */
  public synchronized void terminate(
      Cluster cluster, String code, String message, boolean withErrors) {
    if (cluster.isLeaving()) {
      return;
    }
    cluster.become("TERMINATING", code, message, now());
    for (Step step : cluster.steps()) {
      if (step.isPending()) {
        step.end("CANCELLED", now(), null);
      } else if (step.isRunning()) {
        step.end(code.equals("USER_REQUEST") ? "INTERRUPTED" : "CANCELLED", now(), null);
        running.remove(step).cancel();
      }
    }
    later(
        settings.terminating(),
        () -> {
          cluster.fleets().forEach(fleet -> fleet.terminate(now()));
          String end = withErrors ? "TERMINATED_WITH_ERRORS" : "TERMINATED";
          cluster.become(end, code, message, now());
        });
  }

  /** Makes a cluster that is starting do so for ever. */
  public synchronized void freeze(Cluster cluster) {
    frozen.add(cluster);
  }

  private void bootstrap(Cluster cluster) {
    if (cluster.isLeaving() || frozen.contains(cluster)) {
      return;
    }
    cluster.fleets().forEach(fleet -> fleet.provision(now()));
    cluster.become("BOOTSTRAPPING", null, "Running bootstrap actions", now());
    later(settings.bootstrapping(), () -> begin(cluster));
  }

  private void begin(Cluster cluster) {
    if (cluster.isLeaving()) {
      return;
    }
    cluster.fleets().forEach(Fleet::run);
    cluster.become("WAITING", null, "Cluster ready to run steps.", now());
    runNext(cluster);
  }

  private void runNext(Cluster cluster) {
    if (!cluster.isUp()) {
      return;
    }
    for (Step step : cluster.steps()) {
      long active = cluster.steps().stream().filter(Step::isRunning).count();
      if (step.isPending() && active < cluster.stepConcurrency()) {
        cluster.become("RUNNING", null, "Running step", now());
        step.start(now());
        running.put(step, runner.start(cluster, step, result -> ended(cluster, step, result)));
      }
    }
    if (cluster.activeSteps() == 0) {
      rest(cluster);
    }
  }

  private void rest(Cluster cluster) {
    boolean failed = cluster.steps().stream().anyMatch(s -> s.state().equals("FAILED"));
    if (!cluster.isAutoTerminate()) {
      boolean fresh = cluster.steps().isEmpty();
      cluster.become(
          "WAITING",
          null,
          fresh ? "Cluster ready to run steps." : "Cluster ready after last step completed.",
          now());
      endWhenIdle(cluster);
    } else if (failed) {
      terminate(cluster, "STEP_FAILURE", "Steps completed with errors", false);
    } else {
      terminate(cluster, "ALL_STEPS_COMPLETED", "Steps completed", false);
    }
  }

  /** Gives a cluster another policy of auto-termination, or none; idle time counts from now. */
  public synchronized void endWhenIdle(Cluster cluster, JsonNode policy) {
    cluster.endWhenIdle(policy);
    if (cluster.state().equals("WAITING")) {
      endWhenIdle(cluster);
    }
  }

  private void endWhenIdle(Cluster cluster) {
    JsonNode policy = cluster.autoTermination();
    JsonNode timeout = policy.path("IdleTimeout");
    if (timeout.isNumber()) {
      int steps = cluster.steps().size();
      later(
          Duration.ofSeconds(timeout.asLong()),
          () -> {
            boolean sameRest = cluster.steps().size() == steps && cluster.activeSteps() == 0;
            if (sameRest && cluster.autoTermination() == policy) {
              terminate(cluster, "ALL_STEPS_COMPLETED", "Terminated after being idle", false);
            }
          });
    }
  }

  private synchronized void ended(Cluster cluster, Step step, StepRunner.Result result) {
    running.remove(step);
    if (!step.isRunning()) {
      return;
    }
    if (step.state().equals("CANCEL_PENDING")) {
      step.end("CANCELLED", now(), null);
    } else if (result.failure() == null) {
      step.end("COMPLETED", now(), null);
    } else {
      step.end("FAILED", now(), result.failure());
      failed(cluster, step);
    }
    runNext(cluster);
  }

  private void failed(Cluster cluster, Step step) {
    switch (step.actionOnFailure()) {
      case "TERMINATE_CLUSTER" ->
          terminate(cluster, "STEP_FAILURE", "Shut down as step failed", true);
      case "CANCEL_AND_WAIT" ->
          cluster.steps().stream()
              .filter(Step::isPending)
              .forEach(pending -> pending.end("CANCELLED", now(), null));
      default -> {
        // CONTINUE: the next step has its turn.
      }
    }
  }

  private void later(Duration delay, Runnable work) {
    scheduler.after(
        delay,
        () -> {
          synchronized (this) {
            work.run();
          }
        });
  }

  private Instant now() {
    return clock.instant();
  }
}
