package dev.emroperator.finance.emulator.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * One way to misbehave.
 *
 * @param operation EMR's name of the operation, or {@code *} for all
 * @param effect what goes wrong
 * @param call the first call that it hits, counted from 1 since the fault was set. Default: 1
 * @param times how many calls in a row it hits. Default: 1
 * @param chance share of these calls that it really hits, 0 to 1, drawn with a fixed seed. Default:
 *     1
 * @param millis of delays, and of invisibility
 * @param code of the end of a cluster, as in {@code INTERNAL_ERROR}
 * @param message of the end of a cluster
 */
public record Fault(
    String operation,
    Effect effect,
    Integer call,
    Integer times,
    Double chance,
    Long millis,
    String code,
    String message) {

  /** What goes wrong. */
  public enum Effect {
    /** The connection closes, and nothing was done. */
    @JsonProperty("dropBefore")
    DROP_BEFORE,
    /** The work is done, and the connection closes without an answer. */
    @JsonProperty("dropAfter")
    DROP_AFTER,
    /** The work begins late. */
    @JsonProperty("delayBefore")
    DELAY_BEFORE,
    /** The answer comes late. */
    @JsonProperty("delayAfter")
    DELAY_AFTER,
    @JsonProperty("throttle")
    THROTTLE,
    @JsonProperty("error500")
    ERROR_500,
    @JsonProperty("error503")
    ERROR_503,
    @JsonProperty("accessDenied")
    ACCESS_DENIED,
    /** Clusters younger than {@code millis} are not shown: ListClusters and DescribeCluster. */
    @JsonProperty("hideYoung")
    HIDE_YOUNG,
    /** The new cluster ends with errors while it starts: RunJobFlow. */
    @JsonProperty("endCluster")
    END_CLUSTER,
    /** The new cluster never leaves STARTING: RunJobFlow. */
    @JsonProperty("stuckStarting")
    STUCK_STARTING
  }

  public Fault {
    if (operation == null || effect == null) {
      throw new IllegalArgumentException("a fault needs an operation and an effect");
    }
    boolean harmsNewCluster = effect == Effect.END_CLUSTER || effect == Effect.STUCK_STARTING;
    if (harmsNewCluster && !operation.equals("RunJobFlow")) {
      throw new IllegalArgumentException(effect + " is a fault of RunJobFlow alone");
    }
    call = Objects.requireNonNullElse(call, 1);
    times = Objects.requireNonNullElse(times, 1);
    chance = Objects.requireNonNullElse(chance, 1.0);
    millis = Objects.requireNonNullElse(millis, 0L);
    code = Objects.requireNonNullElse(code, "INTERNAL_ERROR");
    message = Objects.requireNonNullElse(message, "EC2 is out of capacity for m6i.xlarge");
  }
}
