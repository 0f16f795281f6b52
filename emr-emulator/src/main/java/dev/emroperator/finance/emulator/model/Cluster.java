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

  private final String id = Ids.emr("j-");
  private final String arn;
  private final JsonNode request;
  private final Instant created;
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Fleet> fleets;
  private boolean terminationProtected;
  private JsonNode managedScaling;
  private JsonNode autoTermination;
  private String state = "STARTING";
  private String reasonCode;
  private String reasonMessage = "Provisioning Amazon EC2 capacity";
  private Instant ready;
  private Instant ended;

  Cluster(JsonNode request, String region, String account, Instant created) {
    this.request = request;
    this.created = created;
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

  void become(String newState, String code, String message, Instant now) {
    state = newState;
    reasonCode = code;
    reasonMessage = message;
    if (newState.equals("RUNNING") || newState.equals("WAITING")) {
      ready = ready == null ? now : ready;
    }
    if (hasEnded()) {
      ended = now;
    }
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

  public String reasonCode() {
    return reasonCode;
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
