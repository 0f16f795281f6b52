package dev.emroperator.finance.emulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A cluster. Guarded by the account, which alone changes its state. */
public final class Cluster {

  /** A state, and since when. */
  public record Change(String state, Instant at) {}

  private final String id = Ids.emr("j-");
  private final String region;
  private final String arn;
  private final JsonNode request;
  private final Instant created;
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Fleet> fleets;
  private final List<Change> changes = new ArrayList<>();
  private final Fate fate = new Fate();
  private boolean terminationProtected;
  private JsonNode managedScaling;
  private JsonNode autoTermination;
  private String state = "STARTING";
  private String reasonMessage = "Provisioning Amazon EC2 capacity";
  private Instant ready;
  private Instant ended;
  private Instant asked;
  private Ending ending;

  Cluster(JsonNode request, String region, String account, Instant created) {
    this.request = request;
    this.created = created;
    this.region = region;
    this.changes.add(new Change(state, created));
    this.arn = "arn:aws:elasticmapreduce:" + region + ":" + account + ":cluster/" + id;
    this.terminationProtected =
        request.path("Instances").path("TerminationProtected").asBoolean(false);
    this.managedScaling = request.path("ManagedScalingPolicy");
    this.autoTermination = request.path("AutoTerminationPolicy");
    request
        .path("Tags")
        .forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
    this.fleets =
        StreamSupport.stream(request.path("Instances").path("InstanceFleets").spliterator(), false)
            .map(fleet -> new Fleet(fleet, created))
            .toList();
  }

  void become(String newState, String message, Instant now) {
    if (!newState.equals(state)) {
      changes.add(new Change(newState, now));
    }
    state = newState;
    reasonMessage = message;
    if (isUp()) {
      ready = ready == null ? now : ready;
    }
    if (hasEnded()) {
      ended = now;
    }
  }

  void end(String newState, Ending why, Instant now) {
    ending = why;
    become(newState, why.message(), now);
  }

  void askedToEnd(Instant now) {
    asked = asked == null && !hasEnded() ? now : asked;
  }

  public void protect(boolean on) {
    terminationProtected = on;
  }

  public void scale(JsonNode policy) {
    managedScaling = policy;
  }

  void endWhenIdle(JsonNode policy) {
    autoTermination = policy;
  }

  /** A missing node when there is none. */
  public JsonNode managedScaling() {
    return managedScaling;
  }

  /** A missing node when there is none. */
  public JsonNode autoTermination() {
    return autoTermination;
  }

  public String id() {
    return id;
  }

  public String arn() {
    return arn;
  }

  public String name() {
    return request.path("Name").asText();
  }

  public JsonNode request() {
    return request;
  }

  public String logUri() {
    return request.hasNonNull("LogUri") ? request.path("LogUri").asText() : null;
  }

  public boolean isAutoTerminate() {
    return !request.path("Instances").path("KeepJobFlowAliveWhenNoSteps").asBoolean(false);
  }

  public boolean isProtected() {
    return terminationProtected;
  }

  public int stepConcurrency() {
    return request.path("StepConcurrencyLevel").asInt(1);
  }

  public String state() {
    return state;
  }

  /** Null while nothing ends it. */
  public String reasonCode() {
    return ending == null ? null : ending.code();
  }

  /** What EMR tells besides of its end. */
  public List<Ending.ErrorDetail> errorDetails() {
    return ending == null ? List.of() : ending.details();
  }

  public String reasonMessage() {
    return reasonMessage;
  }

  public boolean isUp() {
    return state.equals("RUNNING") || state.equals("WAITING");
  }

  public boolean hasEnded() {
    return state.equals("TERMINATED") || state.equals("TERMINATED_WITH_ERRORS");
  }

  public boolean isLeaving() {
    return state.equals("TERMINATING") || hasEnded();
  }

  public int activeSteps() {
    return (int) steps.stream().filter(Step::isActive).count();
  }

  public Instant created() {
    return created;
  }

  public Instant ready() {
    return ready;
  }

  public Instant ended() {
    return ended;
  }

  /** When TerminateJobFlows first asked for its end; null if never while it lived. */
  public Instant asked() {
    return asked;
  }

  /** Every state that it was in, first to last. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  public Fate fate() {
    return fate;
  }

  public String region() {
    return region;
  }

  public Map<String, String> tags() {
    return tags;
  }

  public List<Step> steps() {
    return steps;
  }

  public List<Fleet> fleets() {
    return fleets;
  }
}
