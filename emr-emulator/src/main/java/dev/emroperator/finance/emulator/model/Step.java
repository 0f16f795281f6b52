package dev.emroperator.finance.emulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A step of a cluster. Guarded by the account. */
public final class Step {

  private static final Set<String> ACTIVE = Set.of("PENDING", "RUNNING", "CANCEL_PENDING");

  /** Why it failed, in EMR's fields; {@code logFile} may be null. */
  public record Failure(String reason, String message, String logFile) {}

  private final String id = Ids.emr("s-");
  private final JsonNode request;
  private final Instant created;
  private String state = "PENDING";
  private Instant started;
  private Instant ended;
  private Failure failure;

  Step(JsonNode request, Instant created) {
    this.request = request;
    this.created = created;
  }

  void start(Instant now) {
    state = "RUNNING";
    started = now;
  }

  void end(String endState, Instant now, Failure why) {
    state = endState;
    ended = now;
    failure = why;
  }

  void cancelPending() {
    state = "CANCEL_PENDING";
  }

  public String id() {
    return id;
  }

  public String name() {
    return request.path("Name").asText();
  }

  public String state() {
    return state;
  }

  public boolean isActive() {
    return ACTIVE.contains(state);
  }

  boolean isPending() {
    return state.equals("PENDING");
  }

  boolean isRunning() {
    return state.equals("RUNNING") || state.equals("CANCEL_PENDING");
  }

  /** What happens after a failure; EMR's default is the harshest. */
  public String actionOnFailure() {
    String action = request.path("ActionOnFailure").asText("TERMINATE_CLUSTER");
    return action.equals("TERMINATE_JOB_FLOW") ? "TERMINATE_CLUSTER" : action;
  }

  public String jar() {
    return request.path("HadoopJarStep").path("Jar").asText();
  }

  public List<String> args() {
    JsonNode args = request.path("HadoopJarStep").path("Args");
    return StreamSupport.stream(args.spliterator(), false).map(JsonNode::asText).toList();
  }

  public Instant created() {
    return created;
  }

  public Instant started() {
    return started;
  }

  public Instant ended() {
    return ended;
  }

  public Failure failure() {
    return failure;
  }
}
