package dev.emroperator.finance.operator.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.emroperator.finance.operator.emr.JobFlow.InstanceType;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Account settings that users refer to by name and can't change.
 *
 * @param serviceRole EMR's role, name or ARN
 * @param instanceProfile role of the cluster's instances, name or ARN
 * @param subnets all of one VPC; EMR chooses one
 * @param masterSecurityGroup with {@code workerSecurityGroup}, both or neither: EMR's own
 * @param securityConfiguration encryption and authentication, by name; may be absent
 * @param artifacts prefix that the operator alone writes: the job and the plans
 * @param logs prefix for EMR's logs
 * @param onDemandFallback whether a third attempt may pay on-demand prices for its task nodes,
 *     after two found no machines. Default: false
 * @param orphans what is done with a live cluster whose object is gone. Default: terminate
 * @param tags of every cluster
 * @param allowedTags keys that users may set in {@code spec.tags}
 */
public record Environment(
    String region,
    String serviceRole,
    String instanceProfile,
    List<String> subnets,
    String masterSecurityGroup,
    String workerSecurityGroup,
    String serviceAccessSecurityGroup,
    String securityConfiguration,
    String artifacts,
    String logs,
    InstanceTypes instanceTypes,
    Fence fence,
    Boolean onDemandFallback,
    Orphans orphans,
    Map<String, String> tags,
    Set<String> allowedTags) {

  public Environment {
    subnets = subnets == null ? List.of() : List.copyOf(subnets);
    onDemandFallback = onDemandFallback != null && onDemandFallback;
    orphans = orphans == null ? Orphans.TERMINATE : orphans;
    tags = tags == null ? Map.of() : Map.copyOf(tags);
    allowedTags = allowedTags == null ? Set.of() : Set.copyOf(allowedTags);
  }

  /** What is done with a live cluster whose object is gone. */
  public enum Orphans {
    @JsonProperty("terminate")
    TERMINATE,
    @JsonProperty("report")
    REPORT
  }

  /**
   * Instance types of each fleet, with the units that each is worth; the master needs just one
   * unit.
   */
  public record InstanceTypes(
      List<InstanceType> master, List<InstanceType> core, List<InstanceType> task) {}

  /**
   * What users may reach: nothing outside of it.
   *
   * @param namespaces whose objects may use the environment; empty for all
   * @param inputs prefixes that may be read
   * @param outputs prefixes that may be written
   * @param maximumCapacity most units of one cluster
   * @param maximumRuns most runs of one namespace at a time, the others wait; null for any number
   */
  public record Fence(
      Set<String> namespaces,
      List<String> inputs,
      List<String> outputs,
      Integer maximumCapacity,
      Integer maximumRuns) {
    public Fence {
      namespaces = namespaces == null ? Set.of() : Set.copyOf(namespaces);
      inputs = inputs == null ? List.of() : List.copyOf(inputs);
      outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }

    public boolean admits(String namespace) {
      return namespaces.isEmpty() || namespaces.contains(namespace);
    }

    public boolean allowsInput(S3Uri location) {
      return holds(inputs, location);
    }

    public boolean allowsOutput(S3Uri location) {
      return holds(outputs, location);
    }

    private static boolean holds(List<String> prefixes, S3Uri location) {
      return prefixes.stream().anyMatch(prefix -> S3Uri.parse(prefix).holds(location));
    }
  }

  void check(String at, Problems problems) {
    problems.require(at + ".region", region);
    problems.require(at + ".serviceRole", serviceRole);
    problems.require(at + ".instanceProfile", instanceProfile);
    problems.require(at + ".subnets", subnets);
    problems.prefix(at + ".artifacts", artifacts);
    problems.prefix(at + ".logs", logs);
    if ((masterSecurityGroup == null) != (workerSecurityGroup == null)) {
      problems.add(at, "set both masterSecurityGroup and workerSecurityGroup, or neither");
    }
    checkTypes(at + ".instanceTypes", problems);
    if (fence == null) {
      problems.add(at + ".fence", "is missing: say which prefixes users may read and write");
      return;
    }
    problems.require(at + ".fence.inputs", fence.inputs());
    problems.require(at + ".fence.outputs", fence.outputs());
    fence.inputs().forEach(prefix -> problems.prefix(at + ".fence.inputs", prefix));
    fence.outputs().forEach(prefix -> problems.prefix(at + ".fence.outputs", prefix));
    if (fence.maximumCapacity() == null || fence.maximumCapacity() < 1) {
      problems.add(at + ".fence.maximumCapacity", "must be a number of units, at least 1");
    }
    if (fence.maximumRuns() != null && fence.maximumRuns() < 1) {
      problems.add(at + ".fence.maximumRuns", "must be a number of runs, at least 1");
    }
  }

  private void checkTypes(String at, Problems problems) {
    if (instanceTypes == null) {
      problems.add(at, "is missing");
      return;
    }
    problems.require(at + ".master", instanceTypes.master());
    problems.require(at + ".core", instanceTypes.core());
    problems.require(at + ".task", instanceTypes.task());
  }
}
