package dev.emroperator.finance.operator.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.api.TimeSpan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the platform team sets, as the mounted YAML file has it. */
public record OperatorConfig(
    @JsonPropertyDescription(
            "Tells the clusters of this operator from those of its neighbours in the same account: first part of every cluster's name, and a tag. At most 32 lower-case letters, digits and dashes.")
        String installation,
    @JsonPropertyDescription("Namespaces whose objects it sees to; empty for all.")
        List<String> watchNamespaces,
    @JsonPropertyDescription(
            "Share of EMR's API quotas in each region that this operator may use: more than 0, at most 1.")
        Double apiShare,
    @JsonPropertyDescription("How often and how long.") Timing timing,
    @JsonPropertyDescription("Which of several processes works.") LeaderElection leaderElection,
    @JsonPropertyDescription(
            "Account settings by the name that users write in spec.environment; at least one.")
        Map<String, Environment> environments) {

  private static final Double API_SHARE = 0.8;

  /** What an object's {@code spec.environment} can be. */
  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final Pattern INSTALLATION = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");

  public OperatorConfig {
    watchNamespaces = watchNamespaces == null ? List.of() : List.copyOf(watchNamespaces);
    apiShare = apiShare == null ? API_SHARE : apiShare;
    timing = timing == null ? new Timing(null, null, null, null, null, null, null) : timing;
    leaderElection = leaderElection == null ? LeaderElection.DEFAULT : leaderElection;
    environments = environments == null ? Map.of() : Map.copyOf(environments);
  }

  /** How often and how long; a shorter scale makes tests fast. */
  public record Timing(
      @JsonPropertyDescription("Time between two looks at the live clusters.") String sweep,
      @JsonPropertyDescription("Time between two looks at the progress of a job.") String progress,
      @JsonPropertyDescription(
              "Time after the intent, within which the request for a cluster may be sent.")
          String sendWindow,
      @JsonPropertyDescription(
              "Time after the intent, until which a cluster of unknown fate is looked for; at least sendWindow + 90s.")
          String settle,
      @JsonPropertyDescription("Time without progress from the job before the status says so.")
          String heartbeat,
      @JsonPropertyDescription("Age of a cluster without an object before it is an orphan.")
          String orphanAge,
      @JsonPropertyDescription(
              "For tests alone, and refused by the chart: true allows a settle time within which EMR may still answer.")
          Boolean scaled) {

    /** A request may be sent at the end of its window, and its answer waited for this long. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(90);

    public Timing {
      scaled = scaled != null && scaled;
      sweep = sweep == null ? "10s" : sweep;
      progress = progress == null ? "15s" : progress;
      sendWindow = sendWindow == null ? "20s" : sendWindow;
      settle = settle == null ? "120s" : settle;
      heartbeat = heartbeat == null ? "60s" : heartbeat;
      orphanAge = orphanAge == null ? "15m" : orphanAge;
    }

    public Duration sweepInterval() {
      return TimeSpan.parse(sweep);
    }

    public Duration progressInterval() {
      return TimeSpan.parse(progress);
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

    void check(Problems problems) {
      boolean readable =
          problems.timeSpan("timing.sweep", sweep)
              & problems.timeSpan("timing.progress", progress)
              & problems.timeSpan("timing.sendWindow", sendWindow)
              & problems.timeSpan("timing.settle", settle)
              & problems.timeSpan("timing.heartbeat", heartbeat)
              & problems.timeSpan("timing.orphanAge", orphanAge);
      if (readable && !scaled && settleWithin().compareTo(sendWithin().plus(LONGEST_ANSWER)) < 0) {
        problems.add(
            "timing.settle",
            "must be at least sendWindow + 90s: EMR may answer until then, and a second cluster"
                + " would be asked for");
      }
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
    timing.check(problems);
    leaderElection.check("leaderElection", problems);
    if (environments.isEmpty()) {
      problems.add("environments", "name at least one");
    }
    environments.forEach(
        (name, env) -> {
          if (!ENVIRONMENT.matcher(name).matches()) {
            problems.add(
                "environments." + name,
                "must be named by at most 63 lower-case letters, digits and dashes, or no object can name it");
          }
          env.check("environments." + name, problems);
        });
  }
}
