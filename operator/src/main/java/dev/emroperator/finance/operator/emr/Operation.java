package dev.emroperator.finance.operator.emr;

/**
 * The operations that this program calls, with EMR's published quota of each: a token bucket for an
 * account and region, shared with everyone who works there. Source: Amazon EMR endpoints and
 * quotas, AWS General Reference.
 */
public enum Operation {
  TERMINATE_JOB_FLOWS("TerminateJobFlows", 10, 0.5, 0),
  RUN_JOB_FLOW("RunJobFlow", 10, 0.5, 0.1),
  LIST_CLUSTERS("ListClusters", 20, 0.5, 0.2),
  DESCRIBE_CLUSTER("DescribeCluster", 10, 1, 0.4),
  LIST_STEPS("ListSteps", 10, 0.5, 0.4);

  /** Of all operations together, calls at once. */
  static final double ALL_BURST = 25;

  /** Of all operations together, calls a second. */
  static final double ALL_PER_SECOND = 5;

  private final String emrName;
  private final double burst;
  private final double perSecond;
  private final double floor;

  Operation(String emrName, double burst, double perSecond, double floor) {
    this.emrName = emrName;
    this.burst = burst;
    this.perSecond = perSecond;
    this.floor = floor;
  }

  /** As EMR writes it. */
  public String emrName() {
    return emrName;
  }

  double burst() {
    return burst;
  }

  double perSecond() {
    return perSecond;
  }

  /**
   * Part of the bucket of all operations that this one leaves to those that matter more: what ends
   * costs comes first, then what users wait for, then the sweep that feeds everyone.
   */
  double floor() {
    return floor;
  }
}
