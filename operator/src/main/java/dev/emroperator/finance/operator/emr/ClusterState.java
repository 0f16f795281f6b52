package dev.emroperator.finance.operator.emr;

import java.util.EnumSet;
import java.util.Set;

/** States of an EMR cluster. */
public enum ClusterState {
  STARTING,
  BOOTSTRAPPING,
  RUNNING,
  WAITING,
  TERMINATING,
  TERMINATED,
  TERMINATED_WITH_ERRORS,
  /** A state that EMR may add one day: neither success nor an end. */
  UNKNOWN;

  /** The states in which a cluster costs money. */
  public static final Set<ClusterState> LIVE =
      EnumSet.of(STARTING, BOOTSTRAPPING, RUNNING, WAITING, TERMINATING);

  /** The live states but the one in which a cluster spends most of its time. */
  static final Set<ClusterState> CHANGING =
      EnumSet.of(STARTING, BOOTSTRAPPING, WAITING, TERMINATING);

  /** Every state that can be asked for. */
  public static final Set<ClusterState> ALL = EnumSet.complementOf(EnumSet.of(UNKNOWN));

  static ClusterState of(String state) {
    return ALL.stream().filter(known -> known.name().equals(state)).findFirst().orElse(UNKNOWN);
  }

  /** True when the cluster is gone. */
  public boolean hasEnded() {
    return this == TERMINATED || this == TERMINATED_WITH_ERRORS;
  }

  /** True when the cluster is gone or can only go away: there is no way back from TERMINATING. */
  public boolean isLeaving() {
    return this == TERMINATING || hasEnded();
  }

  /** True before the cluster can run a step. */
  public boolean isProvisioning() {
    return this == STARTING || this == BOOTSTRAPPING;
  }
}
