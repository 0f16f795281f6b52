package dev.emroperator.finance.operator.emr;

import java.util.List;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.ComputeLimits;
import software.amazon.awssdk.services.emr.model.ComputeLimitsUnitType;
import software.amazon.awssdk.services.emr.model.Configuration;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.OnDemandProvisioningAllocationStrategy;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.SpotProvisioningAllocationStrategy;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.Tag;

/** Our request in the SDK's words. What is the same for every cluster is said here. */
final class RunJobFlowRequests {

  private static final int RESIZE_TIMEOUT_MINUTES = 20;

  private RunJobFlowRequests() {}

  static RunJobFlowRequest of(JobFlow flow) {
    return RunJobFlowRequest.builder()
        .name(flow.name())
        .releaseLabel(flow.releaseLabel())
        .logUri(flow.logUri())
        .serviceRole(flow.serviceRole())
        .jobFlowRole(flow.jobFlowRole())
        .securityConfiguration(flow.securityConfiguration())
        .applications(Application.builder().name("Spark").build())
        .instances(instances(flow))
        .managedScalingPolicy(p -> p.computeLimits(limits(flow.managedScaling())))
        .autoTerminationPolicy(p -> p.idleTimeout(flow.idleTimeoutSeconds()))
        .configurations(
            flow.configurations().stream()
                .map(
                    c ->
                        Configuration.builder()
                            .classification(c.classification())
                            .properties(c.properties())
                            .build())
                .toList())
        .steps(step(flow.step()))
        .tags(
            flow.tags().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                .toList())
        .visibleToAllUsers(true)
        .build();
  }

  private static JobFlowInstancesConfig instances(JobFlow flow) {
    JobFlow.Network network = flow.network();
    return JobFlowInstancesConfig.builder()
        .instanceFleets(flow.fleets().stream().map(RunJobFlowRequests::fleet).toList())
        .ec2SubnetIds(network.subnetIds())
        .emrManagedMasterSecurityGroup(network.masterSecurityGroup())
        .emrManagedSlaveSecurityGroup(network.workerSecurityGroup())
        .serviceAccessSecurityGroup(network.serviceAccessSecurityGroup())
        // The cluster ends by itself, even when nobody is left to end it.
        .keepJobFlowAliveWhenNoSteps(false)
        .terminationProtected(false)
        .build();
  }

  private static InstanceFleetConfig fleet(JobFlow.Fleet fleet) {
    var config =
        InstanceFleetConfig.builder()
            .name(fleet.type().name())
            .instanceFleetType(InstanceFleetType.fromValue(fleet.type().name()))
            .targetOnDemandCapacity(fleet.onDemandCapacity())
            .targetSpotCapacity(fleet.spotCapacity())
            .instanceTypeConfigs(types(fleet));
    JobFlow.Spot spot = fleet.spot();
    config.launchSpecifications(
        l -> {
          if (fleet.onDemandCapacity() > 0) {
            l.onDemandSpecification(
                o -> o.allocationStrategy(OnDemandProvisioningAllocationStrategy.LOWEST_PRICE));
          }
          if (spot != null) {
            l.spotSpecification(
                s ->
                    s.allocationStrategy(
                            SpotProvisioningAllocationStrategy.PRICE_CAPACITY_OPTIMIZED)
                        .timeoutDurationMinutes(spot.timeoutMinutes())
                        .timeoutAction(spot.timeoutAction()));
          }
        });
    if (spot != null) {
      config.resizeSpecifications(
          r ->
              r.spotResizeSpecification(
                  s ->
                      s.timeoutDurationMinutes(RESIZE_TIMEOUT_MINUTES)
                          .allocationStrategy(
                              SpotProvisioningAllocationStrategy.PRICE_CAPACITY_OPTIMIZED)));
    }
    return config.build();
  }

  private static List<InstanceTypeConfig> types(JobFlow.Fleet fleet) {
    return fleet.types().stream()
        .map(
            t ->
                InstanceTypeConfig.builder()
                    .instanceType(t.type())
                    .weightedCapacity(t.weight())
                    .build())
        .toList();
  }

  private static ComputeLimits limits(JobFlow.ManagedScaling scaling) {
    return ComputeLimits.builder()
        .unitType(ComputeLimitsUnitType.INSTANCE_FLEET_UNITS)
        .minimumCapacityUnits(scaling.minimum())
        .maximumCapacityUnits(scaling.maximum())
        .maximumOnDemandCapacityUnits(scaling.maximumOnDemand())
        .maximumCoreCapacityUnits(scaling.maximumCore())
        .build();
  }

  private static StepConfig step(JobFlow.SparkStep step) {
    return StepConfig.builder()
        .name(step.name())
        .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
        .hadoopJarStep(j -> j.jar("command-runner.jar").args(step.args()))
        .build();
  }
}
