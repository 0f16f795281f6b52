package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/**
 * Size of the cluster in capacity units; the environment says how many units an instance type is
 * worth (as a rule its vCPUs divided by 4).
 */
public record Cluster(
    @Default("emr-7.12.0")
        @Pattern("^emr-7\\.1[0-3]\\.[0-9]+$")
        @Size(max = 20)
        @JsonPropertyDescription(
            "EMR release. The bundled job needs Spark 3.5 and S3A, so one of 7.10 to 7.13, as in emr-7.10.0. Default: emr-7.12.0.")
        String release,
    @JsonPropertyDescription("On-demand nodes that hold the shuffle data that must not be lost.")
        Core core,
    @JsonPropertyDescription("Spot nodes that do most of the work.") Task task,
    @JsonPropertyDescription("Managed scaling.") Scaling scaling) {

  public static final Cluster DEFAULT = new Cluster(null, null, null, null);

  public Cluster {
    release = release == null ? "emr-7.12.0" : release;
    core = core == null ? new Core(null) : core;
    task = task == null ? new Task(null, null, null) : task;
    scaling = scaling == null ? new Scaling(null) : scaling;
  }

  /** On-demand capacity. */
  public record Core(
      @Min(1) @Max(10_000) @Default("1") @JsonPropertyDescription("On-demand units. Default: 1.")
          Integer capacity) {
    public Core {
      capacity = Objects.requireNonNullElse(capacity, 1);
    }
  }

  /** Spot capacity and what to do when there is none. */
  public record Task(
      @Min(0)
          @Max(10_000)
          @Default("4")
          @JsonPropertyDescription("Spot units; 0 for a cluster without spot nodes. Default: 4.")
          Integer spotCapacity,
      @Pattern("^([5-9]|[1-9][0-9]{1,2}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)m$")
          @Size(max = 5)
          @Default("20m")
          @JsonPropertyDescription(
              "How long EMR looks for spot capacity at the start: 5m to 1440m. Default: 20m.")
          String spotTimeout,
      @Default("SwitchToOnDemand")
          @JsonPropertyDescription("What happens after spotTimeout. Default: SwitchToOnDemand.")
          OnSpotTimeout onSpotTimeout) {
    public Task {
      spotCapacity = Objects.requireNonNullElse(spotCapacity, 4);
      spotTimeout = spotTimeout == null ? "20m" : spotTimeout;
      onSpotTimeout = onSpotTimeout == null ? OnSpotTimeout.SWITCH_TO_ON_DEMAND : onSpotTimeout;
    }
  }

  /** EMR's timeout actions of a spot fleet. */
  public enum OnSpotTimeout {
    @JsonProperty("SwitchToOnDemand")
    SWITCH_TO_ON_DEMAND,
    @JsonProperty("TerminateCluster")
    TERMINATE_CLUSTER
  }

  /** Upper end of managed scaling. */
  public record Scaling(
      @Min(1)
          @Max(10_000)
          @JsonPropertyDescription(
              "Most units of core and task nodes together. Default: what core and task ask for, so no growth.")
          Integer maximum) {}
}
