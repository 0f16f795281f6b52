package dev.emroperator.finance.localcloud;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The operator's configuration on one machine: everything that a bucket here can hold is allowed.
 */
public final class Environments {

  /** What to add for an operator that is the only one: a restarted one need not await a lease. */
  public static final String ALONE = "leaderElection: {enabled: false}\n";

  private Environments() {}

  /**
   * Writes the environment {@code default}.
   *
   * @param inputs prefix that may be read, as in {@code s3://market-data/}
   * @param outputs prefix that may be written
   */
  public static String local(String inputs, String outputs) {
    return local("default", Set.of(inputs), outputs, Set.of("team", "project"));
  }

  /**
   * Writes it.
   *
   * @param name of the environment
   * @param inputs prefixes that may be read
   * @param outputs prefix that may be written
   * @param tags keys of tags that an object may set
   */
  static String local(String name, Set<String> inputs, String outputs, Set<String> tags) {
    return """
        installation: local
        # The quotas of this machine refill ten times as fast, so the operator may look often.
        timing: {sweep: 1s, progress: 1s, settle: 10s, orphanAge: 5s, scaled: true}
        environments:
          %s:
            region: us-east-1
            serviceRole: EMR_DefaultRole_V2
            instanceProfile: EMR_EC2_DefaultRole
            subnets: [subnet-local-a, subnet-local-b]
            artifacts: s3://emr-artifacts/
            logs: s3://emr-logs/
            instanceTypes:
              master: [{type: m6i.xlarge, weight: 1}, {type: m5.xlarge, weight: 1}]
              core: [{type: m6i.xlarge, weight: 1}, {type: m5.xlarge, weight: 1}]
              task:
                - {type: m6i.xlarge, weight: 1}
                - {type: m6a.xlarge, weight: 1}
                - {type: m5.xlarge, weight: 1}
                - {type: m5a.xlarge, weight: 1}
                - {type: r6i.xlarge, weight: 1}
                - {type: r5.xlarge, weight: 1}
                - {type: m6i.2xlarge, weight: 2}
                - {type: m6a.2xlarge, weight: 2}
                - {type: m5.2xlarge, weight: 2}
                - {type: r5.2xlarge, weight: 2}
            fence:
              inputs: [%s]
              outputs: ["%s"]
              maximumCapacity: 64
            allowedTags: [%s]
        """
        .formatted(quoted(Set.of(name)), quoted(inputs), outputs, quoted(tags));
  }

  private static String quoted(Set<String> names) {
    return names.stream().sorted().map(n -> '"' + n + '"').collect(Collectors.joining(", "));
  }
}
