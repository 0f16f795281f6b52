package dev.emroperator.finance.operator.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.operator.emr.JobFlow.InstanceType;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Account settings that users refer to by name and can't change. */
public record Environment(
    @JsonPropertyDescription("AWS region of the clusters, as in eu-west-1.") String region,
    @JsonPropertyDescription("EMR's role, name or ARN.") String serviceRole,
    @JsonPropertyDescription(
            "Role of the cluster's instances, name or ARN of its instance profile.")
        String instanceProfile,
    @JsonPropertyDescription("Subnets of one VPC; EMR chooses one.") List<String> subnets,
    @JsonPropertyDescription(
            "Security group of the master; both this and workerSecurityGroup, or neither. Default: EMR's own.")
        String masterSecurityGroup,
    @JsonPropertyDescription("Security group of core and task nodes. Default: EMR's own.")
        String workerSecurityGroup,
    @JsonPropertyDescription(
            "Security group through which EMR reaches clusters in private subnets. Default: EMR's own.")
        String serviceAccessSecurityGroup,
    @JsonPropertyDescription(
            "Encryption and authentication: name of a security configuration of EMR. Default: none.")
        String securityConfiguration,
    @JsonPropertyDescription(
            "Prefix that the operator alone writes: the job and the plans. It ends in /, as in s3://bucket/folder/.")
        String artifacts,
    @JsonPropertyDescription("Prefix for EMR's logs; it ends in /.") String logs,
    @JsonPropertyDescription("Instance types of each fleet.") InstanceTypes instanceTypes,
    @JsonPropertyDescription("What users may reach: nothing outside of it.") Fence fence,
    @JsonPropertyDescription(
            "Whether a third attempt may pay on-demand prices for its task nodes, after two found no machines.")
        Boolean onDemandFallback,
    @JsonPropertyDescription("What is done with a live cluster whose object is gone.")
        Orphans orphans,
    @JsonPropertyDescription("Tags of every cluster.") Map<String, String> tags,
    @JsonPropertyDescription("Keys that users may set in spec.tags. Default: none.")
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
      @JsonPropertyDescription("For the one master, which needs just one unit.")
          List<InstanceType> master,
      @JsonPropertyDescription("For core nodes, on demand.") List<InstanceType> core,
      @JsonPropertyDescription("For task nodes, on spot capacity; ten or more give EMR a choice.")
          List<InstanceType> task) {}

  /** What users may reach: nothing outside of it. */
  public record Fence(
      @JsonPropertyDescription("Namespaces whose objects may use the environment; empty for all.")
          Set<String> namespaces,
      @JsonPropertyDescription("Prefixes that may be read; each ends in /.") List<String> inputs,
      @JsonPropertyDescription("Prefixes that may be written; each ends in /.")
          List<String> outputs,
      @JsonPropertyDescription("Most units of one cluster, at least 1.") Integer maximumCapacity,
      @JsonPropertyDescription(
              "Most runs of one namespace at a time, at least 1; the others wait. Default: any number.")
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
    checkTypes(at + ".master", instanceTypes.master(), problems);
    checkTypes(at + ".core", instanceTypes.core(), problems);
    checkTypes(at + ".task", instanceTypes.task(), problems);
  }

  private static void checkTypes(String at, List<InstanceType> types, Problems problems) {
    problems.require(at, types);
    for (InstanceType type : types == null ? List.<InstanceType>of() : types) {
      problems.require(at + ".type", type.type());
      if (type.weight() < 1) {
        problems.add(at + ".weight", "must be at least 1 unit, but is " + type.weight());
      }
    }
  }
}
