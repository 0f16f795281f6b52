package dev.emroperator.finance.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What EMR refuses before it makes a cluster, in its own words. */
final class RunJobFlowRules {

  private static final Pattern RELEASE =
      Pattern.compile("emr-(spark-)?[0-9]+\\.[0-9]+\\.[0-9]+(-latest)?");
  private static final Pattern FORBIDDEN_IN_NAMES = Pattern.compile("[<>$|`]");
  private static final Set<String> ACTIONS =
      Set.of("", "CONTINUE", "CANCEL_AND_WAIT", "TERMINATE_CLUSTER", "TERMINATE_JOB_FLOW");
  private static final int MAX_STEPS = 256;
  private static final int MAX_STEP_TEXT = 10_240;
  private static final int MAX_NAME = 256;

  private RunJobFlowRules() {}

  static void check(JsonNode request) {
    String name = request.path("Name").asText("");
    require(
        !name.isEmpty() && name.length() <= MAX_NAME && !FORBIDDEN_IN_NAMES.matcher(name).find(),
        "The job flow name is not valid: 1 to 256 characters without < > $ | `.");
    require(
        request.has("ReleaseLabel"),
        "Must specify exactly one of the following: release label, AMI version, or Hadoop version.");
    String release = request.path("ReleaseLabel").asText();
    require(
        RELEASE.matcher(release).matches(),
        "The supplied release label is invalid: " + release + ".");
    require(request.hasNonNull("ServiceRole"), "ServiceRole is required for creating cluster.");
    require(request.hasNonNull("JobFlowRole"), "Invalid InstanceProfile: null.");
    JsonNode instances = request.path("Instances");
    require(
        instances.has("InstanceFleets")
            && !instances.has("InstanceGroups")
            && !instances.has("InstanceCount"),
        "Please configure instances using one and only one of the following: instance groups;"
            + " instance fleets; instance count, master and slave instance type.");
    int concurrency = request.path("StepConcurrencyLevel").asInt(1);
    require(
        concurrency >= 1 && concurrency <= MAX_STEPS,
        "Invalid step concurrency level. Allowed level is from 1 to 256");
    checkFleets(instances.path("InstanceFleets"));
    checkSteps(request.path("Steps"), 0);
    PolicyRules.checkManagedScaling(request.path("ManagedScalingPolicy"));
    PolicyRules.checkAutoTermination(request.path("AutoTerminationPolicy"));
  }

  static void checkSteps(JsonNode steps, int active) {
    require(
        active + steps.size() <= MAX_STEPS,
        "Maximum number of active steps(State = 'Running', 'Pending' or 'Cancel_Pending') for"
            + " cluster exceeded.");
    for (JsonNode step : steps) {
      String action = step.path("ActionOnFailure").asText("");
      require(ACTIONS.contains(action), "Action on failure '" + action + "' is invalid.");
      int length = 0;
      for (JsonNode arg : step.path("HadoopJarStep").path("Args")) {
        length += arg.asText().length();
      }
      require(
          length <= MAX_STEP_TEXT,
          "The total length of the strings of a step exceeds " + MAX_STEP_TEXT + ".");
    }
  }

  private static void checkFleets(JsonNode fleets) {
    Map<String, JsonNode> byType = new HashMap<>();
    int number = 0;
    for (JsonNode fleet : fleets) {
      byType.put(fleet.path("InstanceFleetType").asText(), fleet);
      checkTypes(fleet, number++);
      JsonNode spot = fleet.path("LaunchSpecifications").path("SpotSpecification");
      if (!spot.isMissingNode()) {
        int minutes = spot.path("TimeoutDurationMinutes").asInt();
        require(
            minutes >= 5 && minutes <= 1440,
            "The Spot provisioning timeout must be between 5 and 1440 minutes.");
        require(
            Set.of("SWITCH_TO_ON_DEMAND", "TERMINATE_CLUSTER")
                .contains(spot.path("TimeoutAction").asText()),
            "The Spot timeout action is not valid.");
      }
    }
    JsonNode master = byType.get("MASTER");
    require(
        master != null,
        "No master instance fleets were supplied; one master instance fleet is required.");
    require(
        capacity(master) == 1,
        "A master instance fleet can only have a target capacity of 1. Revise the configuration and"
            + " resubmit.");
    require(
        !byType.containsKey("TASK") || byType.containsKey("CORE"),
        "Clusters with task instance fleets must also define core instance fleets.");
  }

  private static void checkTypes(JsonNode fleet, int number) {
    JsonNode configs = fleet.path("InstanceTypeConfigs");
    int most =
        fleet.path("LaunchSpecifications").toString().contains("AllocationStrategy") ? 30 : 5;
    require(
        !configs.isEmpty() && configs.size() <= most,
        "The instance fleet: " + number + " must have 1 to " + most + " instance types.");
    require(capacity(fleet) > 0, "The instance fleet: " + number + " has no target capacity.");
    Set<String> seen = new HashSet<>();
    for (JsonNode config : configs) {
      String type = config.path("InstanceType").asText();
      require(
          seen.add(type),
          "The instance fleet: " + number + " contains duplicate instance types [" + type + "].");
      require(
          config.path("WeightedCapacity").asInt(1) > 0,
          "Weighted capacity cannot be zero. Revise the configuration and resubmit.");
      require(
          !(config.has("BidPrice") && config.has("BidPriceAsPercentageOfOnDemandPrice")),
          "Specify at most one of bidPrice or bidPriceAsPercentageOfOnDemandPrice value for the Spot"
              + " Instance fleet : "
              + number
              + " request.");
    }
  }

  private static int capacity(JsonNode fleet) {
    return fleet.path("TargetOnDemandCapacity").asInt() + fleet.path("TargetSpotCapacity").asInt();
  }

  private static void require(boolean fulfilled, String message) {
    if (!fulfilled) {
      throw EmrError.validation(message);
    }
  }
}
