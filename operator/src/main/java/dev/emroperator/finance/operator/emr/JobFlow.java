package dev.emroperator.finance.operator.emr;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** One RunJobFlow request, in EMR's own terms. Everything that a cluster gets is in here. */
public record JobFlow(
    String name,
    String releaseLabel,
    String logUri,
    String serviceRole,
    String jobFlowRole,
    String securityConfiguration,
    Network network,
    List<Fleet> fleets,
    ManagedScaling managedScaling,
    long idleTimeoutSeconds,
    List<Configuration> configurations,
    SparkStep step,
    Map<String, String> tags) {

  /** Subnets to choose one from, and security groups, each null for EMR's own. */
  public record Network(
      List<String> subnetIds,
      String masterSecurityGroup,
      String workerSecurityGroup,
      String serviceAccessSecurityGroup) {}

  /** Role of an instance fleet. */
  public enum FleetType {
    MASTER,
    CORE,
    TASK
  }

  /**
   * An instance fleet; capacities in units.
   *
   * @param spot null for a fleet without spot capacity
   */
  public record Fleet(
      FleetType type,
      int onDemandCapacity,
      int spotCapacity,
      List<InstanceType> types,
      Spot spot) {}

  /** An instance type and the units it is worth. */
  public record InstanceType(
      @JsonPropertyDescription("EC2 instance type, as in m6i.xlarge.") String type,
      @JsonPropertyDescription(
              "Units that one of them is worth, at least 1; as a rule its vCPUs divided by 4.")
          int weight) {}

  /** What EMR does when spot capacity is not there in time. */
  public record Spot(int timeoutMinutes, String timeoutAction) {}

  /** Bounds of managed scaling in fleet units, core and task together. */
  public record ManagedScaling(int minimum, int maximum, int maximumOnDemand, int maximumCore) {}

  /** Settings of one application, as in {@code spark-defaults}. */
  public record Configuration(String classification, Map<String, String> properties) {}

  /** The one step: a command for {@code command-runner.jar}. */
  public record SparkStep(String name, List<String> args) {}
}
