package dev.emroperator.finance.emulator.faults;

import com.fasterxml.jackson.annotation.JsonValue;

/** What goes wrong, by its word in a fault script. */
public enum Effect {
  /** The connection closes, and nothing was done. */
  DROP_BEFORE("dropBefore"),
  /** The work is done, and the connection closes without an answer. */
  DROP_AFTER("dropAfter"),
  /** The work is done, and the connection breaks in the middle of the answer. */
  RESET("reset"),
  /** The work begins late. */
  DELAY_BEFORE("delayBefore"),
  /** The answer comes late. */
  DELAY_AFTER("delayAfter"),
  THROTTLE("throttle"),
  ERROR_500("error500"),
  ERROR_503("error503"),
  ACCESS_DENIED("accessDenied"),
  /** Clusters younger than {@code millis} are not shown: ListClusters and DescribeCluster. */
  HIDE_YOUNG("hideYoung"),

  /** The new cluster ends with errors while it starts, for the cause that the fault names. */
  END_CLUSTER("endCluster", true),
  /** EC2 has no machines of its type: it ends while it starts. */
  NO_CAPACITY("noCapacity", true),
  /** A fleet is not filled in time: it ends while it starts. */
  FLEET_TIMEOUT("fleetTimeout", true),
  /** EMR finds only later that the request can't be served: it ends while it starts. */
  VALIDATION_FAILURE("validationFailure", true),
  /** A bootstrap action fails on the master: it ends in BOOTSTRAPPING. */
  BOOTSTRAP_FAILURE("bootstrapFailure", true),
  /** The new cluster never leaves STARTING. */
  STUCK_STARTING("stuckStarting", true),
  /** Its steps are never run, and stay RUNNING until they are cancelled. */
  STEP_HANG("stepHang", true),
  /** EC2 takes a spot instance of the TASK fleet back, and another one comes. */
  SPOT_RECLAIM("spotReclaim", true),
  /** The master dies while steps run: it ends. */
  MASTER_LOSS("masterLoss", true),
  /** It stays in TERMINATING for {@code millis}. */
  SLOW_TERMINATION("slowTermination", true);

  private final String word;
  private final boolean ofNewCluster;

  Effect(String word) {
    this(word, false);
  }

  Effect(String word, boolean ofNewCluster) {
    this.word = word;
    this.ofNewCluster = ofNewCluster;
  }

  @JsonValue
  public String word() {
    return word;
  }

  /** True for what befalls the cluster that RunJobFlow makes, and not the call. */
  boolean isOfNewCluster() {
    return ofNewCluster;
  }
}
