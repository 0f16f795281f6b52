package dev.emroperator.finance.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emroperator.finance.emulator.model.Cluster;
import dev.emroperator.finance.emulator.model.Ending;
import dev.emroperator.finance.emulator.model.Fleet;
import dev.emroperator.finance.emulator.model.Step;
import java.time.Instant;
import java.util.TreeMap;

/** Clusters, steps, fleets and instances as EMR writes them; what is null is left out. */
final class Rendering {

  private Rendering() {}

  static ObjectNode clusterSummary(Cluster cluster) {
    ObjectNode node = node().put("Id", cluster.id()).put("Name", cluster.name());
    node.set("Status", status(cluster));
    return node.put("NormalizedInstanceHours", 0).put("ClusterArn", cluster.arn());
  }

  static ObjectNode cluster(Cluster cluster) {
    JsonNode request = cluster.request();
    JsonNode instances = request.path("Instances");
    ObjectNode node = clusterSummary(cluster);
    ObjectNode ec2 = node.putObject("Ec2InstanceAttributes");
    put(ec2, "IamInstanceProfile", request.path("JobFlowRole"));
    put(ec2, "EmrManagedMasterSecurityGroup", instances.path("EmrManagedMasterSecurityGroup"));
    put(ec2, "EmrManagedSlaveSecurityGroup", instances.path("EmrManagedSlaveSecurityGroup"));
    put(ec2, "ServiceAccessSecurityGroup", instances.path("ServiceAccessSecurityGroup"));
    JsonNode subnets = instances.path("Ec2SubnetIds");
    if (subnets.isArray()) {
      ec2.set("RequestedEc2SubnetIds", subnets);
      put(ec2, "Ec2SubnetId", subnets.path(0));
    }
    node.put("InstanceCollectionType", "INSTANCE_FLEET");
    // EMR answers with its old scheme, whatever it was told.
    if (cluster.logUri() != null) {
      node.put("LogUri", cluster.logUri().replaceFirst("^s3://", "s3n://"));
    }
    put(node, "ReleaseLabel", request.path("ReleaseLabel"));
    put(node, "ServiceRole", request.path("ServiceRole"));
    put(node, "SecurityConfiguration", request.path("SecurityConfiguration"));
    put(node, "Applications", request.path("Applications"));
    put(node, "Configurations", request.path("Configurations"));
    node.put("AutoTerminate", cluster.isAutoTerminate());
    node.put("TerminationProtected", cluster.isProtected());
    node.put("VisibleToAllUsers", true);
    node.put("StepConcurrencyLevel", cluster.stepConcurrency());
    var tags = node.putArray("Tags");
    cluster.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    return node;
  }

  static ObjectNode step(Step step) {
    ObjectNode node = node().put("Id", step.id()).put("Name", step.name());
    ObjectNode config = node.putObject("Config").put("Jar", step.jar());
    config.putObject("Properties");
    var args = config.putArray("Args");
    step.args().forEach(args::add);
    node.put("ActionOnFailure", step.actionOnFailure());
    ObjectNode status = node.putObject("Status").put("State", step.state());
    status.putObject("StateChangeReason");
    Step.Failure failure = step.failure();
    if (failure != null) {
      ObjectNode details = status.putObject("FailureDetails").put("Reason", failure.reason());
      details.put("Message", failure.message());
      if (failure.logFile() != null) {
        details.put("LogFile", failure.logFile());
      }
    }
    ObjectNode timeline = status.putObject("Timeline");
    time(timeline, "CreationDateTime", step.created());
    time(timeline, "StartDateTime", step.started());
    time(timeline, "EndDateTime", step.ended());
    return node;
  }

  static ObjectNode fleet(Fleet fleet) {
    JsonNode request = fleet.request();
    ObjectNode node = node().put("Id", fleet.id()).put("InstanceFleetType", fleet.type());
    put(node, "Name", request.path("Name"));
    ObjectNode status = node.putObject("Status").put("State", fleet.state());
    status.putObject("StateChangeReason");
    time(status.putObject("Timeline"), "CreationDateTime", fleet.created());
    node.put("TargetOnDemandCapacity", request.path("TargetOnDemandCapacity").asInt());
    node.put("TargetSpotCapacity", request.path("TargetSpotCapacity").asInt());
    node.put("ProvisionedOnDemandCapacity", fleet.provisioned("ON_DEMAND"));
    node.put("ProvisionedSpotCapacity", fleet.provisioned("SPOT"));
    put(node, "InstanceTypeSpecifications", request.path("InstanceTypeConfigs"));
    put(node, "LaunchSpecifications", request.path("LaunchSpecifications"));
    return node;
  }

  static ObjectNode instance(Fleet.Instance instance) {
    ObjectNode node = node().put("Id", instance.id()).put("Ec2InstanceId", instance.ec2Id());
    ObjectNode status = node.putObject("Status").put("State", instance.state());
    status.putObject("StateChangeReason");
    ObjectNode timeline = status.putObject("Timeline");
    time(timeline, "CreationDateTime", instance.created());
    time(timeline, "EndDateTime", instance.ended());
    return node.put("InstanceFleetId", instance.fleetId())
        .put("Market", instance.market())
        .put("InstanceType", instance.type());
  }

  private static ObjectNode status(Cluster cluster) {
    ObjectNode status = node().put("State", cluster.state());
    ObjectNode reason = status.putObject("StateChangeReason");
    if (cluster.reasonCode() != null) {
      reason.put("Code", cluster.reasonCode());
    }
    if (cluster.reasonMessage() != null) {
      reason.put("Message", cluster.reasonMessage());
    }
    if (!cluster.errorDetails().isEmpty()) {
      ArrayNode details = status.putArray("ErrorDetails");
      cluster.errorDetails().forEach(detail -> errorDetail(details.addObject(), detail));
    }
    ObjectNode timeline = status.putObject("Timeline");
    time(timeline, "CreationDateTime", cluster.created());
    time(timeline, "ReadyDateTime", cluster.ready());
    time(timeline, "EndDateTime", cluster.ended());
    return status;
  }

  /** ErrorData is a list of maps. */
  private static void errorDetail(ObjectNode node, Ending.ErrorDetail detail) {
    node.put("ErrorCode", detail.code());
    ObjectNode data = node.putArray("ErrorData").addObject();
    new TreeMap<>(detail.data()).forEach(data::put);
    node.put("ErrorMessage", detail.message());
  }

  private static void put(ObjectNode node, String member, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull()) {
      node.set(member, value);
    }
  }

  /** Epoch seconds with a fraction of milliseconds. */
  private static void time(ObjectNode node, String member, Instant time) {
    if (time != null) {
      node.put(member, time.toEpochMilli() / 1000.0);
    }
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
