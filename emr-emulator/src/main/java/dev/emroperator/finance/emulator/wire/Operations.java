package dev.emroperator.finance.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.model.Cluster;
import dev.emroperator.finance.emulator.model.Fleet;
import dev.emroperator.finance.emulator.model.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Every operation that is offered, by its name on the wire. */
public final class Operations {

  private interface Operation {
    ObjectNode call(JsonNode request, String region);
  }

  private final Account account;
  private final Map<String, Operation> operations =
      Map.ofEntries(
          Map.entry("RunJobFlow", this::runJobFlow),
          Map.entry("DescribeCluster", (r, region) -> describeCluster(r)),
          Map.entry("ListClusters", (r, region) -> listClusters(r, region)),
          Map.entry("TerminateJobFlows", (r, region) -> terminateJobFlows(r)),
          Map.entry("SetTerminationProtection", (r, region) -> setTerminationProtection(r)),
          Map.entry("AddTags", (r, region) -> addTags(r)),
          Map.entry("RemoveTags", (r, region) -> removeTags(r)),
          Map.entry("AddJobFlowSteps", (r, region) -> addJobFlowSteps(r)),
          Map.entry("ListSteps", (r, region) -> listSteps(r)),
          Map.entry("DescribeStep", (r, region) -> describeStep(r)),
          Map.entry("CancelSteps", (r, region) -> cancelSteps(r)),
          Map.entry("ListInstanceFleets", (r, region) -> listInstanceFleets(r)),
          Map.entry("ListInstanceGroups", (r, region) -> listInstanceGroups(r)),
          Map.entry("ListBootstrapActions", (r, region) -> listBootstrapActions(r)),
          Map.entry("ListInstances", (r, region) -> listInstances(r)),
          Map.entry("GetManagedScalingPolicy", (r, region) -> policies().getManagedScaling(r)),
          Map.entry("PutManagedScalingPolicy", (r, region) -> policies().putManagedScaling(r)),
          Map.entry(
              "RemoveManagedScalingPolicy", (r, region) -> policies().removeManagedScaling(r)),
          Map.entry("GetAutoTerminationPolicy", (r, region) -> policies().getAutoTermination(r)),
          Map.entry("PutAutoTerminationPolicy", (r, region) -> policies().putAutoTermination(r)),
          Map.entry(
              "RemoveAutoTerminationPolicy", (r, region) -> policies().removeAutoTermination(r)));

  public Operations(Account account) {
    this.account = account;
  }

  /**
   * Does what was asked.
   *
   * @throws EmrError as EMR would refuse it
   */
  public ObjectNode call(String name, JsonNode request, String region) {
    Operation operation = operations.get(name);
    if (operation == null) {
      throw EmrError.unknownOperation(name);
    }
    synchronized (account) {
      return operation.call(request, region);
    }
  }

  private Policies policies() {
    return new Policies(account);
  }

  private ObjectNode runJobFlow(JsonNode request, String region) {
    RunJobFlowRules.check(request);
    Cluster cluster = account.create(request, region);
    return answer().put("JobFlowId", cluster.id()).put("ClusterArn", cluster.arn());
  }

  private ObjectNode describeCluster(JsonNode request) {
    ObjectNode answer = answer();
    answer.set("Cluster", Rendering.cluster(cluster(request)));
    return answer;
  }

  private ObjectNode listClusters(JsonNode request, String region) {
    Set<String> states = texts(request.path("ClusterStates"));
    Instant after = time(request.path("CreatedAfter"), Instant.MIN);
    Instant before = time(request.path("CreatedBefore"), Instant.MAX);
    List<Cluster> found =
        account.clusters().stream()
            .filter(c -> c.region().equals(region))
            .filter(c -> states.isEmpty() || states.contains(c.state()))
            .filter(c -> !c.created().isBefore(after) && !c.created().isAfter(before))
            .sorted(Comparator.comparing(Cluster::created).reversed())
            .toList();
    return Pages.page(request, "Clusters", found, Rendering::clusterSummary);
  }

  private ObjectNode terminateJobFlows(JsonNode request) {
    List<Cluster> clusters = new ArrayList<>();
    for (String id : list(request.path("JobFlowIds"))) {
      Cluster cluster = account.find(id);
      if (cluster == null) {
        throw EmrError.validation("Specified job flow ID does not exist.");
      }
      clusters.add(cluster);
    }
    if (clusters.size() > 10) {
      throw EmrError.validation("At most 10 job flow IDs may be given.");
    }
    if (clusters.stream().anyMatch(c -> c.isProtected() && !c.isLeaving())) {
      throw EmrError.validation(
          "Could not shut down one or more job flows since they are termination protected.");
    }
    clusters.forEach(account::terminateAsAsked);
    return answer();
  }

  private ObjectNode setTerminationProtection(JsonNode request) {
    list(request.path("JobFlowIds"))
        .forEach(id -> jobFlow(id).protect(request.path("TerminationProtected").asBoolean()));
    return answer();
  }

  private ObjectNode addTags(JsonNode request) {
    Cluster cluster = taggable(request);
    request
        .path("Tags")
        .forEach(tag -> cluster.tags().put(tag.path("Key").asText(), tag.path("Value").asText()));
    return answer();
  }

  private ObjectNode removeTags(JsonNode request) {
    Cluster cluster = taggable(request);
    list(request.path("TagKeys")).forEach(cluster.tags()::remove);
    return answer();
  }

  private Cluster taggable(JsonNode request) {
    String id = request.path("ResourceId").asText();
    Cluster cluster = account.find(id);
    if (cluster == null) {
      throw EmrError.noSuchCluster(id);
    }
    if (cluster.hasEnded()) {
      throw EmrError.invalidRequest("Tags cannot be modified on terminated clusters.");
    }
    return cluster;
  }

  private ObjectNode addJobFlowSteps(JsonNode request) {
    Cluster cluster = jobFlow(request.path("JobFlowId").asText());
    if (cluster.isLeaving()) {
      throw EmrError.validation(
          "A job flow that is shutting down, terminated, or finished may not be modified.");
    }
    RunJobFlowRules.checkSteps(request.path("Steps"), cluster.activeSteps());
    ObjectNode answer = answer();
    var ids = answer.putArray("StepIds");
    account.addSteps(cluster, request.path("Steps")).forEach(step -> ids.add(step.id()));
    return answer;
  }

  private ObjectNode listSteps(JsonNode request) {
    Cluster cluster = cluster(request);
    Set<String> states = texts(request.path("StepStates"));
    Set<String> ids = texts(request.path("StepIds"));
    if (!states.isEmpty() && !ids.isEmpty()) {
      throw EmrError.invalidRequest("Cannot specify both StepIds and StepStates.");
    }
    ids.forEach(id -> step(cluster, id));
    List<Step> newestFirst = new ArrayList<>(cluster.steps());
    java.util.Collections.reverse(newestFirst);
    newestFirst.removeIf(s -> !states.isEmpty() && !states.contains(s.state()));
    newestFirst.removeIf(s -> !ids.isEmpty() && !ids.contains(s.id()));
    return Pages.page(request, "Steps", newestFirst, Rendering::step);
  }

  private ObjectNode describeStep(JsonNode request) {
    ObjectNode answer = answer();
    answer.set("Step", Rendering.step(step(cluster(request), request.path("StepId").asText())));
    return answer;
  }

  private ObjectNode cancelSteps(JsonNode request) {
    Cluster cluster = cluster(request);
    ObjectNode answer = answer();
    var infos = answer.putArray("CancelStepsInfoList");
    for (String id : list(request.path("StepIds"))) {
      boolean submitted = account.cancel(cluster, step(cluster, id));
      ObjectNode info = infos.addObject().put("StepId", id);
      info.put("Status", submitted ? "SUBMITTED" : "FAILED");
      if (!submitted) {
        info.put("Reason", "The step is no longer active.");
      }
    }
    return answer;
  }

  private ObjectNode listInstanceFleets(JsonNode request) {
    return Pages.page(request, "InstanceFleets", cluster(request).fleets(), Rendering::fleet);
  }

  private ObjectNode listInstanceGroups(JsonNode request) {
    cluster(request);
    throw EmrError.invalidRequest("Instance fleets and instance groups are mutually exclusive.");
  }

  private ObjectNode listBootstrapActions(JsonNode request) {
    cluster(request);
    ObjectNode answer = answer();
    answer.putArray("BootstrapActions");
    return answer;
  }

  private ObjectNode listInstances(JsonNode request) {
    String type = request.path("InstanceFleetType").asText("");
    Set<String> states = texts(request.path("InstanceStates"));
    List<Fleet.Instance> instances =
        cluster(request).fleets().stream()
            .filter(fleet -> type.isEmpty() || fleet.type().equals(type))
            .flatMap(fleet -> fleet.instances().stream())
            .filter(instance -> states.isEmpty() || states.contains(instance.state()))
            .toList();
    return Pages.page(request, "Instances", instances, Rendering::instance);
  }

  private Cluster cluster(JsonNode request) {
    String id = request.path("ClusterId").asText();
    Cluster cluster = account.find(id);
    if (cluster == null) {
      throw EmrError.noSuchCluster(id);
    }
    return cluster;
  }

  private Cluster jobFlow(String id) {
    Cluster cluster = account.find(id);
    if (cluster == null) {
      throw EmrError.validation("Specified job flow ID not valid");
    }
    return cluster;
  }

  private static Step step(Cluster cluster, String id) {
    return cluster.steps().stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow(() -> EmrError.invalidRequest("Step id '" + id + "' is not valid."));
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Set<String> texts(JsonNode array) {
    return list(array).stream().collect(Collectors.toSet());
  }

  private static List<String> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Instant time(JsonNode epochSeconds, Instant otherwise) {
    return epochSeconds.isNumber()
        ? Instant.ofEpochMilli(Math.round(epochSeconds.asDouble() * 1000))
        : otherwise;
  }
}
