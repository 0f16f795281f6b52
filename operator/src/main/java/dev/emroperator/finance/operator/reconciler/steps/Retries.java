package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.Retry;
import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Whether and when a failed attempt is followed by another, by what made it fail. Computed from
 * status alone, so that a restart changes nothing.
 */
public final class Retries {

  /** EMR or EC2 let the cluster down: another one may do better. */
  static final Set<Reason> MACHINES =
      Set.of(
          Reason.INTERNAL_ERROR,
          Reason.INSTANCE_FAILURE,
          Reason.INSTANCE_FLEET_TIMEOUT,
          Reason.START_DEADLINE_EXCEEDED);

  /** Would end the same way, or was wanted, or may still cost money. */
  private static final Set<Reason> NEVER =
      Set.of(
          Reason.REQUEST_REFUSED,
          Reason.VALIDATION_ERROR,
          Reason.USER_REQUEST,
          Reason.CANCELLED,
          Reason.DEADLINE_EXCEEDED,
          Reason.CLUSTER_LOST,
          Reason.PLAN_LOST);

  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** Many objects that one event made fail don't come back all at once. */
  private static final double JITTER = 0.2;

  private Retries() {}

  /**
   * The attempt that follows.
   *
   * @param backoff after EMR has reported the end of the one before
   * @param retries failed attempts before it that count against the limit
   */
  public record NextAttempt(Duration backoff, int retries) {

    Instant due(Outcome outcome, EmrCluster cluster) {
      Instant ended = cluster == null ? null : cluster.endedAt();
      return (ended == null ? outcome.at() : ended).plus(backoff).truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /** What follows the outcome of the current attempt, if anything does now. */
  public static Optional<NextAttempt> next(FinancialAnalysis object) {
    return object.getSpec().suspend() ? Optional.empty() : wouldFollow(object);
  }

  /** True when only spec.suspend stands before the next attempt. */
  static boolean isHeld(FinancialAnalysis object) {
    return object.getSpec().suspend() && wouldFollow(object).isPresent();
  }

  private static Optional<NextAttempt> wouldFollow(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.getStatus();
    Outcome outcome = status.outcome();
    if (outcome == null || outcome.succeeded()) {
      return Optional.empty();
    }
    if (status.phase() != Phase.FINISHING && Request.RETRY.isPending(object)) {
      return Optional.of(new NextAttempt(Duration.ZERO, 0));
    }
    int retries = status.attempt().retries() == null ? 0 : status.attempt().retries();
    if (Interruption.isResting(status)) {
      return Optional.of(new NextAttempt(Duration.ZERO, retries));
    }
    Retry retry = object.getSpec().retry();
    boolean helps =
        MACHINES.contains(outcome.reason())
            || (retry.onStepFailure() && !NEVER.contains(outcome.reason()));
    return helps && retries < retry.limit() && status.phase() != Phase.FAILED
        ? Optional.of(new NextAttempt(grown(object, retries), retries + 1))
        : Optional.empty();
  }

  private static Duration grown(FinancialAnalysis object, int retries) {
    Duration first = TimeSpan.parse(object.getSpec().retry().backoff());
    long seconds = first.toSeconds() << Math.min(retries, 10);
    long capped = Math.min(seconds, Math.max(LONGEST.toSeconds(), first.toSeconds()));
    // The same number on every look, another one for each object and attempt.
    String name = object.getStatus().attempt().name();
    double share = Math.floorMod(name.hashCode(), 1000) / 1000.0;
    return Duration.ofMillis((long) (capped * 1000 * (1 + JITTER * share)));
  }
}
