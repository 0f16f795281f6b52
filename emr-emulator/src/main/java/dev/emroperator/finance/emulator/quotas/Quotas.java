package dev.emroperator.finance.emulator.quotas;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often EMR may be called: a token bucket for each operation and one over all, for each region
 * of the account. The numbers are AWS's default quotas, as its Service Quotas publish them.
 */
public final class Quotas {

  /** Tokens of a full bucket, and tokens that come back each second. */
  private record Quota(int burst, double perSecond) {}

  private static final Quota ALL = new Quota(25, 5);
  private static final Map<String, Quota> BY_OPERATION = byOperation();

  private double factor;
  private final Clock clock;
  private final Map<String, TokenBucket> buckets = new HashMap<>();

  /**
   * Full buckets.
   *
   * @param factor how much faster than at AWS tokens come back; 0 for no quotas at all
   */
  public Quotas(double factor, Clock clock) {
    this.factor = factor;
    this.clock = clock;
  }

  /** Makes all buckets full, and lets them refill so fast from now on; 0 for no quotas at all. */
  public synchronized void refill(double newFactor) {
    factor = newFactor;
    buckets.clear();
  }

  /** Takes a token for a call; without one in both buckets nothing is taken, and it is false. */
  public synchronized boolean take(String operation, String region) {
    if (factor == 0) {
      return true;
    }
    Instant now = clock.instant();
    TokenBucket all = bucket(region, ALL, now);
    Quota quota = BY_OPERATION.get(operation);
    TokenBucket own = quota == null ? all : bucket(region + "/" + operation, quota, now);
    if (!all.hasToken(now) || !own.hasToken(now)) {
      return false;
    }
    all.take();
    if (own != all) {
      own.take();
    }
    return true;
  }

  private TokenBucket bucket(String name, Quota quota, Instant now) {
    return buckets.computeIfAbsent(
        name, n -> new TokenBucket(quota.burst(), quota.perSecond() * factor, now));
  }

  private static Map<String, Quota> byOperation() {
    Map<String, Quota> quotas = new HashMap<>();
    put(
        quotas,
        new Quota(10, 0.5),
        "RunJobFlow",
        "AddJobFlowSteps",
        "CancelSteps",
        "TerminateJobFlows",
        "ModifyCluster",
        "ListSteps",
        "DescribeStep",
        "ListInstances");
    put(quotas, new Quota(10, 1), "DescribeCluster", "ListInstanceGroups", "ListBootstrapActions");
    put(quotas, new Quota(20, 0.5), "ListClusters");
    put(
        quotas,
        new Quota(5, 0.5),
        "ListInstanceFleets",
        "AddTags",
        "RemoveTags",
        "AddInstanceFleet",
        "ModifyInstanceFleet");
    put(quotas, new Quota(5, 0.2), "SetTerminationProtection", "SetVisibleToAllUsers");
    return Map.copyOf(quotas);
  }

  private static void put(Map<String, Quota> quotas, Quota quota, String... operations) {
    List.of(operations).forEach(operation -> quotas.put(operation, quota));
  }
}
