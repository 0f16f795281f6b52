package dev.emroperator.finance.emulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * What EMR refuses in a policy of managed scaling or auto-termination. The text on core capacity is
 * EMR's own, as quoted in github.com/gchq/sleeper/issues/6594; the others are made after it.
 */
final class PolicyRules {

  private static final Set<String> UNITS = Set.of("InstanceFleetUnits", "Instances", "VCPU");
  private static final int SHORTEST_IDLE = 60;
  private static final int LONGEST_IDLE = 604_800;

  private PolicyRules() {}

  /** A missing policy is none, and so right. */
  static void checkManagedScaling(JsonNode policy) {
    if (policy.isMissingNode()) {
      return;
    }
    JsonNode limits = policy.path("ComputeLimits");
    String unit = limits.path("UnitType").asText();
    require(
        UNITS.contains(unit),
        "The unit type '" + unit + "' must be InstanceFleetUnits, Instances or VCPU");
    for (String member : List.of("MinimumCapacityUnits", "MaximumCapacityUnits")) {
      require(limits.path(member).isInt(), member + " is required");
    }
    int maximum = limits.path("MaximumCapacityUnits").asInt();
    int minimum = limits.path("MinimumCapacityUnits").asInt();
    require(minimum >= 1, "The min capacity must be at least 1");
    require(minimum <= maximum, "The min capacity cannot be higher than max capacity");
    require(
        limits.path("MaximumOnDemandCapacityUnits").asInt(0) <= maximum,
        "The max On-Demand capacity cannot be higher than max capacity");
    require(
        limits.path("MaximumCoreCapacityUnits").asInt(0) <= maximum,
        "The max Core capacity cannot be higher than max capacity");
  }

  /** A missing policy is none, and so right. */
  static void checkAutoTermination(JsonNode policy) {
    if (policy.isMissingNode()) {
      return;
    }
    long idle = policy.path("IdleTimeout").asLong();
    if (idle < SHORTEST_IDLE || idle > LONGEST_IDLE) {
      throw EmrError.validation(
          "Invalid auto-termination policy. The idle timeout must be between 60 and 604800 seconds");
    }
  }

  private static void require(boolean fulfilled, String message) {
    if (!fulfilled) {
      throw EmrError.validation("Invalid configuration for managed scaling. " + message);
    }
  }
}
