package dev.emroperator.finance.emulator.faults;

import dev.emroperator.finance.emulator.model.Cluster;
import dev.emroperator.finance.emulator.model.Ending;
import dev.emroperator.finance.emulator.model.Fleet;
import java.util.Map;

/**
 * Ends with errors, with codes and texts as EMR's documentation and its users report them. EMR's
 * text for a fleet timeout is not published; that one is ours.
 */
final class Endings {

  private static final String DOCUMENTATION =
      "https://docs.aws.amazon.com/emr/latest/ManagementGuide/";

  static final Ending MASTER_LOST =
      Ending.failure("INSTANCE_FAILURE", "The master node was terminated");

  static final Ending FLEET_TIMEOUT =
      Ending.failure(
          "INSTANCE_FLEET_TIMEOUT",
          "The Spot capacity of an instance fleet was not provisioned before its timeout");

  private Endings() {}

  static Ending noCapacity(Cluster cluster) {
    String code = "INTERNAL_ERROR_EC2_INSUFFICIENT_CAPACITY_AZ";
    return Ending.failure(
        "INTERNAL_ERROR",
        "EC2 is out of capacity for " + instanceType(cluster),
        code,
        Map.of(
            "instance-type", instanceType(cluster),
            "availability-zone", zone(cluster),
            "public-doc", page(code)));
  }

  static Ending instanceTypeNotSupported(Cluster cluster) {
    String code = "VALIDATION_ERROR_INSTANCE_TYPE_NOT_SUPPORTED";
    return Ending.failure(
        "VALIDATION_ERROR",
        "The requested instance type "
            + instanceType(cluster)
            + " is not supported in the requested Availability Zone",
        code,
        Map.of(
            "instance-types", instanceType(cluster),
            "availability-zones", zone(cluster),
            "public-doc", page(code)));
  }

  static Ending bootstrapFailed(Cluster cluster) {
    String code = "BOOTSTRAP_FAILURE_PRIMARY_WITH_NON_ZERO_CODE";
    return Ending.failure(
        "BOOTSTRAP_FAILURE",
        "On the master instance ("
            + master(cluster)
            + "), bootstrap action 1 returned a non-zero return code",
        code,
        Map.of("primary-instance-id", master(cluster), "public-doc", page(code)));
  }

  /** The first type of the last fleet, which is the one that asks for most. */
  private static String instanceType(Cluster cluster) {
    Fleet last = cluster.fleets().get(cluster.fleets().size() - 1);
    return last.request().path("InstanceTypeConfigs").path(0).path("InstanceType").asText();
  }

  private static String zone(Cluster cluster) {
    return cluster.region() + "a";
  }

  private static String master(Cluster cluster) {
    return cluster.fleets().stream()
        .filter(fleet -> fleet.type().equals("MASTER"))
        .map(fleet -> fleet.instances().get(0).ec2Id())
        .findFirst()
        .orElseThrow();
  }

  private static String page(String code) {
    return DOCUMENTATION + code + ".html";
  }
}
