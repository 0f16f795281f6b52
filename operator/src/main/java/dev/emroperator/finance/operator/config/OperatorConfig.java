package dev.emroperator.finance.operator.config;

import dev.emroperator.finance.api.TimeSpan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the platform team sets, as the mounted YAML file has it.
 *
 * @param installation tells the clusters of this operator from those of its neighbours in the same
 *     account: first part of every cluster's name, and a tag
 * @param watchNamespaces empty for all
 * @param apiShare of EMR's API quotas in each region that this operator may use, more than 0 and at
 *     most 1. Default: 0.8
 * @param timing how often and how long
 * @param environments account settings by the name that users write in {@code spec.environment}
 */
public record OperatorConfig(
    String installation,
    List<String> watchNamespaces,
    Double apiShare,
    Timing timing,
    Map<String, Environment> environments) {

  private static final Double API_SHARE = 0.8;
  private static final Pattern INSTALLATION = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");

  public OperatorConfig {
    watchNamespaces = watchNamespaces == null ? List.of() : List.copyOf(watchNamespaces);
    apiShare = apiShare == null ? API_SHARE : apiShare;
    timing = timing == null ? new Timing(null, null, null, null, null) : timing;
    environments = environments == null ? Map.of() : Map.copyOf(environments);
  }

  /**
   * How often and how long; a shorter scale makes tests fast.
   *
   * @param sweep between two looks at the live clusters, and at the progress of each. Default: 10s
   * @param sendWindow after the intent, within which the request for a cluster may be sent.
   *     Default: 20s
   * @param settle after the intent, until which a cluster of unknown fate is looked for. Default:
   *     120s
   * @param heartbeat without progress from the job before the status says so. Default: 60s
   * @param orphanAge of a cluster without an object before it is an orphan. Default: 15m
   */
  public record Timing(
      String sweep, String sendWindow, String settle, String heartbeat, String orphanAge) {
    public Timing {
      sweep = sweep == null ? "10s" : sweep;
      sendWindow = sendWindow == null ? "20s" : sendWindow;
      settle = settle == null ? "120s" : settle;
      heartbeat = heartbeat == null ? "60s" : heartbeat;
      orphanAge = orphanAge == null ? "15m" : orphanAge;
    }

    public Duration sweepInterval() {
      return TimeSpan.parse(sweep);
    }

    public Duration sendWithin() {
      return TimeSpan.parse(sendWindow);
    }

    public Duration settleWithin() {
      return TimeSpan.parse(settle);
    }

    public Duration heartbeatWithin() {
      return TimeSpan.parse(heartbeat);
    }

    public Duration orphanAfter() {
      return TimeSpan.parse(orphanAge);
    }
  }

  void check(Problems problems) {
    problems.require("installation", installation);
    if (installation != null && !INSTALLATION.matcher(installation).matches()) {
      problems.add("installation", "must be at most 32 lower-case letters, digits and dashes");
    }
    if (!(apiShare > 0 && apiShare <= 1)) {
      problems.add("apiShare", "must be more than 0 and at most 1, but is " + apiShare);
    }
    problems.timeSpan("timing.sweep", timing.sweep());
    problems.timeSpan("timing.sendWindow", timing.sendWindow());
    problems.timeSpan("timing.settle", timing.settle());
    problems.timeSpan("timing.heartbeat", timing.heartbeat());
    problems.timeSpan("timing.orphanAge", timing.orphanAge());
    if (environments.isEmpty()) {
      problems.add("environments", "name at least one");
    }
    environments.forEach((name, env) -> env.check("environments." + name, problems));
  }
}
