package dev.emroperator.finance.emulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.emulator.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All clusters of an account and the rules by which their states change. Its monitor guards every
 * cluster, step, fleet and instance.
 */
public final class Account {

  /** A step that nobody runs ends only when it is cancelled. */
  private static final StepRunner NOBODY =
      (cluster, step, ended) -> () -> ended.accept(new StepRunner.Result(null));

  private final Settings settings;
  private final Clock clock;
  private final Scheduler scheduler;
  private final StepRunner runner;
  private final Map<String, Cluster> clusters = new LinkedHashMap<>();
  private final Map<Step, StepRunner.Running> running = new HashMap<>();

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
  public synchronized void terminate(Cluster cluster, Ending ending) {
    if (cluster.isLeaving()) {
      return;
    }
    cluster.end("TERMINATING", ending, now());
    for (Step step : cluster.steps()) {
      if (step.isPending()) {
        step.end("CANCELLED", now(), null);
      } else if (step.isRunning()) {
        boolean asked = ending.equals(Ending.USER_REQUEST);
        step.end(asked ? "INTERRUPTED" : "CANCELLED", now(), null);
        running.remove(step).cancel();
      }
    }
    later(
        cluster.fate().terminating(settings.terminating()),
        () -> {
          cluster.fleets().forEach(fleet -> fleet.terminate(now()));
          cluster.end(ending.withErrors() ? "TERMINATED_WITH_ERRORS" : "TERMINATED", ending, now());
        });
  }

  /** Does what TerminateJobFlows asks for. */
  public synchronized void terminateAsAsked(Cluster cluster) {
    cluster.askedToEnd(now());
    terminate(cluster, Ending.USER_REQUEST);
  }

  /** Does something after a delay, under the account's monitor. */
  public void later(Duration delay, Runnable work) {
    scheduler.after(
        delay,
        () -> {
          synchronized (this) {
            work.run();
          }
        });
  }

  public Instant now() {
    return clock.instant();
  }

  private void become(Cluster cluster, String state, String message) {
    cluster.become(state, message, now());
    cluster.fate().reached(state).forEach(Runnable::run);
  }

  private void bootstrap(Cluster cluster) {
    if (cluster.isLeaving() || cluster.fate().isStuck()) {
      return;
    }
    cluster.fleets().forEach(fleet -> fleet.provision(now()));
    become(cluster, "BOOTSTRAPPING", "Running bootstrap actions");
    later(settings.bootstrapping(), () -> begin(cluster));
  }

  private void begin(Cluster cluster) {
    if (cluster.isLeaving() || cluster.fate().isStuck()) {
      return;
    }
    cluster.fleets().forEach(Fleet::run);
    become(cluster, "WAITING", "Cluster ready to run steps.");
    runNext(cluster);
  }

  private void runNext(Cluster cluster) {
    if (!cluster.isUp()) {
      return;
    }
    for (Step step : cluster.steps()) {
      long active = cluster.steps().stream().filter(Step::isRunning).count();
      if (step.isPending() && active < cluster.stepConcurrency()) {
        become(cluster, "RUNNING", "Running step");
        step.start(now());
        StepRunner starter = cluster.fate().isHanging() ? NOBODY : runner;
        running.put(step, starter.start(cluster, step, result -> ended(cluster, step, result)));
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
      become(
          cluster,
          "WAITING",
          fresh ? "Cluster ready to run steps." : "Cluster ready after last step completed.");
      endWhenIdle(cluster);
    } else if (failed) {
      terminate(cluster, Ending.STEPS_COMPLETED_WITH_ERRORS);
    } else {
      terminate(cluster, Ending.STEPS_COMPLETED);
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
              terminate(cluster, Ending.IDLE);
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
      case "TERMINATE_CLUSTER" -> terminate(cluster, Ending.STEP_FAILED);
      case "CANCEL_AND_WAIT" ->
          cluster.steps().stream()
              .filter(Step::isPending)
              .forEach(pending -> pending.end("CANCELLED", now(), null));
      default -> {
        // CONTINUE: the next step has its turn.
      }
    }
  }
}
