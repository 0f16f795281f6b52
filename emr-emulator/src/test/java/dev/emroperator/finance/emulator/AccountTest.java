package dev.emroperator.finance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.model.Cluster;
import dev.emroperator.finance.emulator.model.Step;
import dev.emroperator.finance.emulator.model.StepRunner;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The state machines, with a clock and a scheduler that the test moves. */
class AccountTest {

  private record Due(Duration delay, Runnable work) {}

  private final List<Due> due = new ArrayList<>();
  private final Map<String, Consumer<StepRunner.Result>> running = new HashMap<>();
  private final List<String> cancelled = new ArrayList<>();
  private final Account account =
      new Account(
          new Settings(
              0,
              null,
              null,
              List.of(),
              Duration.ofSeconds(2),
              Duration.ofSeconds(1),
              Duration.ofSeconds(3),
              0,
              "123456789012"),
          Clock.fixed(Instant.parse("2026-03-02T10:00:00Z"), ZoneOffset.UTC),
          (delay, work) -> due.add(new Due(delay, work)),
          (cluster, step, ended) -> {
            running.put(step.name(), ended);
            return () -> cancelled.add(step.name());
          });

  private Cluster create(boolean keepAlive, String... nameAndAction) {
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < nameAndAction.length; i += 2) {
      steps.append(i == 0 ? "" : ",");
      steps.append(
          "{\"Name\":\"%s\",\"ActionOnFailure\":\"%s\",\"HadoopJarStep\":{\"Jar\":\"command-runner.jar\"}}"
              .formatted(nameAndAction[i], nameAndAction[i + 1]));
    }
    return account.create(
        json(
            "{\"Name\":\"c\",\"Instances\":{\"KeepJobFlowAliveWhenNoSteps\":%s},\"Steps\":[%s]}"
                .formatted(keepAlive, steps)),
        "eu-west-1");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Lets the next delay pass, which must be this long. */
  private void pass(int seconds) {
    Due next = due.remove(0);
    assertEquals(Duration.ofSeconds(seconds), next.delay());
    next.work().run();
  }

  private Cluster running(boolean keepAlive, String... nameAndAction) {
    Cluster cluster = create(keepAlive, nameAndAction);
    pass(2);
    pass(1);
    return cluster;
  }

  private void end(String step, boolean well) {
    running
        .get(step)
        .accept(
            new StepRunner.Result(well ? null : new Step.Failure("Unknown Error.", "oops", null)));
  }

  private static List<String> states(Cluster cluster) {
    return cluster.steps().stream().map(Step::state).toList();
  }

  @Test
  void goesTheWayOfASuccessAndEndsByItself() {
    Cluster cluster = create(false, "a", "TERMINATE_CLUSTER");
    assertEquals("STARTING", cluster.state());
    assertEquals("Provisioning Amazon EC2 capacity", cluster.reasonMessage());
    pass(2);
    assertEquals("BOOTSTRAPPING", cluster.state());
    pass(1);
    assertEquals("RUNNING", cluster.state());
    assertEquals(List.of("RUNNING"), states(cluster));
    end("a", true);
    assertEquals("TERMINATING", cluster.state());
    pass(3);
    assertEquals("TERMINATED", cluster.state());
    assertEquals("ALL_STEPS_COMPLETED", cluster.reasonCode());
    assertNotNull(cluster.ended());
  }

  @Test
  void anIdleClusterEndsByThePolicyThatItHasThen() {
    Cluster cluster = running(true);
    account.endWhenIdle(cluster, json("{\"IdleTimeout\":60}"));
    account.endWhenIdle(cluster, json("{\"IdleTimeout\":120}"));
    pass(60);
    assertEquals("WAITING", cluster.state());
    pass(120);
    assertEquals("TERMINATING", cluster.state());
  }

  @Test
  void aFailedStepThatTerminatesTakesTheOthersWithIt() {
    Cluster cluster = running(false, "a", "TERMINATE_CLUSTER", "b", "CONTINUE");
    end("a", false);
    pass(3);
    assertEquals("TERMINATED_WITH_ERRORS", cluster.state());
    assertEquals("Shut down as step failed", cluster.reasonMessage());
    assertEquals(List.of("FAILED", "CANCELLED"), states(cluster));
  }

  @Test
  void aFailureUnderContinueEndsInTerminatedAllTheSame() {
    Cluster cluster = running(false, "a", "CONTINUE", "b", "CONTINUE");
    end("a", false);
    end("b", true);
    pass(3);
    assertEquals("TERMINATED", cluster.state());
    assertEquals("Steps completed with errors", cluster.reasonMessage());
  }

  @Test
  void cancelAndWaitKeepsTheCluster() {
    Cluster cluster = running(true, "a", "CANCEL_AND_WAIT", "b", "CONTINUE");
    end("a", false);
    assertEquals("WAITING", cluster.state());
    assertEquals(List.of("FAILED", "CANCELLED"), states(cluster));
  }

  @Test
  void stepsRunOneAfterTheOther() {
    Cluster cluster = running(true, "a", "CONTINUE", "b", "CONTINUE");
    assertEquals(List.of("RUNNING", "PENDING"), states(cluster));
    end("a", true);
    assertEquals(List.of("COMPLETED", "RUNNING"), states(cluster));
    end("b", true);
    assertEquals("Cluster ready after last step completed.", cluster.reasonMessage());
  }

  @Test
  void aUserEndsWhatRunsAndWhatWaits() {
    Cluster cluster = running(false, "a", "CONTINUE", "b", "CONTINUE");
    account.terminateAsAsked(cluster);
    assertEquals(List.of("INTERRUPTED", "CANCELLED"), states(cluster));
    assertEquals(List.of("a"), cancelled);
    end("a", true);
    assertEquals("INTERRUPTED", states(cluster).get(0), "a late exit changes nothing");
  }

  @Test
  void aClusterThatIsTerminatedWhileStartingNeverRuns() {
    Cluster cluster = create(false, "a", "CONTINUE");
    account.terminateAsAsked(cluster);
    pass(2);
    assertEquals("TERMINATING", cluster.state());
    pass(3);
    assertEquals("TERMINATED", cluster.state());
    assertTrue(running.isEmpty());
  }

  @Test
  void cancellingARunningStepIsNoFailure() {
    Cluster cluster = running(true, "a", "TERMINATE_CLUSTER");
    assertTrue(account.cancel(cluster, cluster.steps().get(0)));
    assertEquals(List.of("CANCEL_PENDING"), states(cluster));
    end("a", false);
    assertEquals(List.of("CANCELLED"), states(cluster));
    assertEquals("WAITING", cluster.state());
    assertFalse(account.cancel(cluster, cluster.steps().get(0)));
  }
}
