package dev.emroperator.finance.operator.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.api.TimeSpan;
import java.time.Duration;
import java.util.List;

/** How several processes of one installation agree on which of them works. */
public record LeaderElection(
    @JsonPropertyDescription("False for a process that is surely alone.") Boolean enabled,
    @JsonPropertyDescription(
            "Time after the last renewal, until which nobody else takes the lease; more than renewDeadline and retryPeriod together.")
        String leaseDuration,
    @JsonPropertyDescription(
            "Time without a renewal, after which the leader ends itself; more than 2.2 times retryPeriod.")
        String renewDeadline,
    @JsonPropertyDescription("Time between two tries to take or renew the lease.")
        String retryPeriod,
    @JsonPropertyDescription("Namespace of the lease. Default: the pod's own.") String namespace,
    @JsonPropertyDescription("Name of the lease. Default: emr-operator-<installation>.")
        String name) {

  /** The elector waits up to this many retry periods between two tries. */
  private static final double LONGEST_PAUSE = 2.2;

  static final LeaderElection DEFAULT = new LeaderElection(null, null, null, null, null, null);

  public LeaderElection {
    enabled = enabled == null || enabled;
    leaseDuration = leaseDuration == null ? "15s" : leaseDuration;
    renewDeadline = renewDeadline == null ? "10s" : renewDeadline;
    retryPeriod = retryPeriod == null ? "2s" : retryPeriod;
  }

  public Duration leaseLasts() {
    return TimeSpan.parse(leaseDuration);
  }

  public Duration renewWithin() {
    return TimeSpan.parse(renewDeadline);
  }

  public Duration retryEvery() {
    return TimeSpan.parse(retryPeriod);
  }

  /** The name of the lease of an installation. */
  public String leaseName(String installation) {
    return name == null ? "emr-operator-" + installation : name;
  }

  void check(String at, Problems problems) {
    List<String> before = problems.found();
    problems.timeSpan(at + ".leaseDuration", leaseDuration);
    problems.timeSpan(at + ".renewDeadline", renewDeadline);
    problems.timeSpan(at + ".retryPeriod", retryPeriod);
    if (!problems.found().equals(before)) {
      return;
    }
    if (leaseLasts().compareTo(renewWithin().plus(retryEvery())) <= 0) {
      problems.add(
          at + ".leaseDuration",
          "must be longer than renewDeadline and retryPeriod together, or two could lead");
    }
    if (renewWithin().toMillis() <= LONGEST_PAUSE * retryEvery().toMillis()) {
      problems.add(
          at + ".renewDeadline",
          "must be longer than " + LONGEST_PAUSE + " times retryPeriod, " + retryPeriod);
    }
  }
}
