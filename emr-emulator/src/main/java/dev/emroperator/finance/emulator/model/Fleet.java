package dev.emroperator.finance.emulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An instance fleet with its instances. Guarded by the account. */
public final class Fleet {

  /** A machine; {@code weight} is the capacity that it counts for. */
  public record Instance(
      String id,
      String ec2Id,
      String fleetId,
      String type,
      String market,
      int weight,
      String state,
      Instant created,
      Instant ended) {}

  private final String id = Ids.emr("if-");
  private final JsonNode request;
  private final Instant created;
  private String state = "PROVISIONING";
  private List<Instance> instances = List.of();

  Fleet(JsonNode request, Instant created) {
    this.request = request;
    this.created = created;
  }

  /** Fills the targets with the first instance type, as EC2 would where capacity is plenty. */
  void provision(Instant now) {
    List<Instance> launched = new ArrayList<>();
    launch(launched, "ON_DEMAND", request.path("TargetOnDemandCapacity").asInt(), now);
    launch(launched, "SPOT", request.path("TargetSpotCapacity").asInt(), now);
    instances = List.copyOf(launched);
    state = "BOOTSTRAPPING";
  }

  void run() {
    state = "RUNNING";
    instances =
        instances.stream().map(i -> i.ended() == null ? with(i, "RUNNING", null) : i).toList();
  }

  void terminate(Instant now) {
    state = "TERMINATED";
    instances =
        instances.stream().map(i -> i.ended() == null ? with(i, "TERMINATED", now) : i).toList();
  }

  /** EC2 takes one spot instance back; false when there is none. */
  public boolean reclaimSpot(Instant now) {
    Instance lost =
        instances.stream()
            .filter(i -> i.market().equals("SPOT") && i.ended() == null)
            .findFirst()
            .orElse(null);
    if (lost == null) {
      return false;
    }
    state = "RESIZING";
    instances = instances.stream().map(i -> i == lost ? with(i, "TERMINATED", now) : i).toList();
    return true;
  }

  /** Launches what is missing of the spot target; nothing once the fleet is gone. */
  public void refillSpot(Instant now) {
    if (!state.equals("RESIZING")) {
      return;
    }
    List<Instance> all = new ArrayList<>(instances);
    int missing = request.path("TargetSpotCapacity").asInt() - provisioned("SPOT");
    launch(all, "SPOT", missing, now);
    instances = List.copyOf(all);
    run();
  }

  private void launch(List<Instance> launched, String market, int target, Instant now) {
    JsonNode config = request.path("InstanceTypeConfigs").path(0);
    int weight = config.path("WeightedCapacity").asInt(1);
    for (int capacity = 0; capacity < target; capacity += weight) {
      launched.add(
          new Instance(
              Ids.emr("ci-"),
              Ids.ec2(),
              id,
              config.path("InstanceType").asText(),
              market,
              weight,
              "BOOTSTRAPPING",
              now,
              null));
    }
  }

  private static Instance with(Instance i, String state, Instant ended) {
    return new Instance(
        i.id(),
        i.ec2Id(),
        i.fleetId(),
        i.type(),
        i.market(),
        i.weight(),
        state,
        i.created(),
        ended);
  }

  /** Units that are there, of one market. */
  public int provisioned(String market) {
    return instances.stream()
        .filter(i -> i.market().equals(market) && i.ended() == null)
        .mapToInt(Instance::weight)
        .sum();
  }

  public String id() {
    return id;
  }

  public String type() {
    return request.path("InstanceFleetType").asText();
  }

  public String state() {
    return state;
  }

  public JsonNode request() {
    return request;
  }

  public Instant created() {
    return created;
  }

  public List<Instance> instances() {
    return instances;
  }
}
