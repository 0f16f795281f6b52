package dev.emroperator.finance.emulator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.model.Cluster;
import dev.emroperator.finance.emulator.wire.EmrError;
import dev.emroperator.finance.emulator.wire.Operations;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operations, with what the fault script does to them. */
public final class FaultyOperations {

  /** The caller gets no whole answer, whatever was done. */
  public static final class Dropped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ObjectNode begun;

    private Dropped(String message, ObjectNode begun) {
      super(message);
      this.begun = begun;
    }

    /** The answer in the middle of which the connection breaks; null without an answer. */
    public ObjectNode begun() {
      return begun;
    }
  }

  private final Operations operations;
  private final Account account;
  private final ClusterFaults clusterFaults;
  private final FaultScript script;
  private final Clock clock;

  public FaultyOperations(Operations operations, Account account, FaultScript script, Clock clock) {
    this.operations = operations;
    this.account = account;
    this.clusterFaults = new ClusterFaults(account);
    this.script = script;
    this.clock = clock;
  }

  /**
   * Does what was asked, or what the script makes of it.
   *
   * @throws Dropped when the connection is to be closed without a whole answer
   */
  public ObjectNode call(String name, JsonNode request, String region) {
    List<Fault> faults = script.next(name, request.toString());
    faults.forEach(fault -> before(fault, name));
    ObjectNode answer = work(name, request, region, faults);
    faults.forEach(fault -> after(fault, name, request, answer));
    return answer;
  }

  private ObjectNode work(String name, JsonNode request, String region, List<Fault> faults) {
    // Nothing may happen to a new cluster before its fate is known.
    synchronized (account) {
      ObjectNode answer = operations.call(name, request, region);
      faults.stream()
          .filter(fault -> fault.effect().isOfNewCluster())
          .forEach(fault -> clusterFaults.befall(fault, made(answer)));
      return answer;
    }
  }

  private static void before(Fault fault, String name) {
    switch (fault.effect()) {
      case DROP_BEFORE -> throw new Dropped("dropped before", null);
      case DELAY_BEFORE -> sleep(fault.millis());
      case THROTTLE -> throw EmrError.throttled();
      case ERROR_500 -> throw EmrError.internal(new IllegalStateException("Internal Server Error"));
      case ERROR_503 -> throw EmrError.unavailable();
      case ACCESS_DENIED -> throw EmrError.accessDenied(name);
      default -> {
        // The others come with the work, or after it.
      }
    }
  }

  private void after(Fault fault, String name, JsonNode request, ObjectNode answer) {
    switch (fault.effect()) {
      case DROP_AFTER -> throw new Dropped("dropped after", null);
      case RESET -> throw new Dropped("reset", answer);
      case DELAY_AFTER -> sleep(fault.millis());
      case HIDE_YOUNG -> hide(fault, name, request, answer);
      default -> {
        // The others came before the work, or with it.
      }
    }
  }

  private Cluster made(ObjectNode answer) {
    return account.find(answer.path("JobFlowId").asText());
  }

  private void hide(Fault fault, String name, JsonNode request, ObjectNode answer) {
    Instant shownBefore = clock.instant().minusMillis(fault.millis());
    if (name.equals("ListClusters")) {
      ((ArrayNode) answer.path("Clusters"))
          .removeIf(c -> isYoung(c.path("Id").asText(), shownBefore));
    } else if (name.equals("DescribeCluster")
        && isYoung(request.path("ClusterId").asText(), shownBefore)) {
      throw EmrError.noSuchCluster(request.path("ClusterId").asText());
    }
  }

  private boolean isYoung(String id, Instant shownBefore) {
    return account.find(id).created().isAfter(shownBefore);
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Dropped("interrupted", null);
    }
  }
}
