package dev.emroperator.finance.operator.emr;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Calls that may still be made to EMR in one account and region: a bucket for each operation and
 * one for all together, each a share of EMR's quota, so that EMR throttles neither this program nor
 * others in the account. Never waits: who gets no token is told when to come back.
 *
 * <p>In the bucket of all, the last tokens are kept for what matters more. Of its capacity,
 * DescribeCluster and ListSteps leave 40 %, ListClusters 20 %, RunJobFlow 10 % and
 * TerminateJobFlows nothing.
 */
public final class ApiBudget {

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

  private final Clock clock;
  private final double share;
  private final TokenBucket all;
  private final Map<Operation, TokenBucket> ofOperation = new EnumMap<>(Operation.class);
  private final Map<Operation, Wait> waits = new EnumMap<>(Operation.class);
  private final Turns turns = new Turns();

  /**
   * A full budget.
   *
   * @param share of EMR's quotas that this program may use, more than 0 and at most 1; however
   *     small, it allows one call at a time
   */
  public ApiBudget(double share, Clock clock) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share must be more than 0 and at most 1, but is " + share);
    }
    this.clock = clock;
    this.share = share;
    Instant now = clock.instant();
    all = bucket(Operation.ALL_BURST, Operation.ALL_PER_SECOND, now);
    for (Operation operation : Operation.values()) {
      ofOperation.put(operation, bucket(operation.burst(), operation.perSecond(), now));
      waits.put(operation, new Wait(now));
    }
  }

  private TokenBucket bucket(double burst, double perSecond, Instant now) {
    return new TokenBucket(Math.max(1, share * burst), share * perSecond, now);
  }

  /**
   * Takes a token for one call; each page of a list is a call.
   *
   * @throws Spent when there is none
   */
  public synchronized void take(Operation operation) {
    Instant now = clock.instant();
    require(operation, longer(ofOperation.get(operation).until(1, now), untilAllGive(operation)));
    ofOperation.get(operation).take(now);
    all.take(now);
  }

  /**
   * Asks for a turn to send RunJobFlow: namespaces take turns, and within one it is first come,
   * first served. A place is kept while whoever has it comes back in time, until {@link #takeTurn}.
   *
   * @param clusterName of the cluster to be requested
   * @return when to come back: zero when the turn is there, and at most a minute
   */
  public synchronized Duration reserveTurn(String clusterName) {
    Duration wait = untilTurn(clusterName);
    waits.get(Operation.RUN_JOB_FLOW).add(clock.instant(), wait);
    return wait;
  }

  /**
   * Takes the token of the turn for one RunJobFlow.
   *
   * @throws Spent when the turn has not come; it is reserved then
   */
  public synchronized void takeTurn(String clusterName) {
    Duration wait = longer(untilTurn(clusterName), untilAllGive(Operation.RUN_JOB_FLOW));
    require(Operation.RUN_JOB_FLOW, wait);
    Instant now = clock.instant();
    turns.used(clusterName);
    ofOperation.get(Operation.RUN_JOB_FLOW).take(now);
    all.take(now);
  }

  /**
   * EMR throttled a call all the same: others in the account have used up its quota.
   *
   * @return to be thrown to the caller: the operation rests until one token is back
   */
  public synchronized Spent throttled(Operation operation) {
    Instant now = clock.instant();
    TokenBucket bucket = ofOperation.get(operation);
    bucket.drain(now);
    return new Spent(operation, bucket.until(1, now));
  }

  /** Tokens of all operations together now. */
  synchronized double left() {
    return all.left(clock.instant());
  }

  /**
   * How long so far somebody has waited for a token of the operation, however many there were at a
   * time.
   */
  public synchronized Duration waited(Operation operation) {
    return waits.get(operation).sum;
  }

  /** Calls a second that the operation can keep up. */
  public double perSecond(Operation operation) {
    return share * operation.perSecond();
  }

  private Duration untilAllGive(Operation operation) {
    // A small bucket must not keep its only token from anyone.
    double floor = Math.min(operation.floor() * all.capacity(), all.capacity() - 1);
    return all.until(1 + floor, clock.instant());
  }

  private Duration untilTurn(String clusterName) {
    return turns.reserve(clusterName, ofOperation.get(Operation.RUN_JOB_FLOW), clock.instant());
  }

  private void require(Operation operation, Duration wait) {
    waits.get(operation).add(clock.instant(), wait);
    if (!wait.isZero()) {
      throw new Spent(operation, wait);
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** The time that somebody has been told to wait, none of it twice. */
  private static final class Wait {
    private Duration sum = Duration.ZERO;
    private Instant until;

    Wait(Instant now) {
      until = now;
    }

    void add(Instant now, Duration wait) {
      Instant from = now.isAfter(until) ? now : until;
      Instant to = now.plus(wait);
      if (to.isAfter(from)) {
        sum = sum.plus(Duration.between(from, to));
        until = to;
      }
    }
  }

  /** No token is left for a call: it was not sent, and nothing is wrong. */
  public static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration after;

    Spent(Operation operation, Duration after) {
      super(
          "no token for " + operation.emrName() + ": come back after " + after, null, false, false);
      this.after = longer(after, SHORTEST_WAIT);
    }

    /** When to try again. */
    public Duration after() {
      return after;
    }
  }
}
