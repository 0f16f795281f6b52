package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Retry;
import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Whether and when a failed attempt is followed by another, by what made it fail. Computed from
 * status alone, so that a restart changes nothing.
 */
final class Retries {

  /** EMR or EC2 let the cluster down: another one may do better. */
  static final Set<String> MACHINES =
      Set.of("InternalError", "InstanceFailure", "InstanceFleetTimeout", "StartDeadlineExceeded");

  /** Would end the same way, or was wanted, or may still cost money. */
  private static final Set<String> NEVER =
      Set.of(
          "RequestRefused",
          "ValidationError",
          "UserRequest",
          "DeadlineExceeded",
          "ClusterLost",
          "PlanLost");

  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** Many objects that one event made fail don't come back all at once. */
  private static final double JITTER = 0.2;

  private Retries() {}

  static boolean follow(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.getStatus();
    Outcome outcome = status.outcome();
    Retry retry = object.getSpec().retry();
    if (outcome == null || outcome.succeeded() || status.attempt().number() > retry.limit()) {
      return false;
    }
    return MACHINES.contains(outcome.reason())
        || (retry.onStepFailure() && !NEVER.contains(outcome.reason()));
  }

  /** When the next attempt begins, after EMR has reported the end of the one before. */
  static Instant due(FinancialAnalysis object, Instant ended) {
    int failures = object.getStatus().attempt().number();
    Duration first = TimeSpan.parse(object.getSpec().retry().backoff());
    long seconds = first.toSeconds() << Math.min(failures - 1, 10);
    long capped = Math.min(seconds, Math.max(LONGEST.toSeconds(), first.toSeconds()));
    // The same number on every look, another one for each object and attempt.
    double share = Math.floorMod(object.getStatus().attempt().name().hashCode(), 1000) / 1000.0;
    double factor = 1 + JITTER * share;
    return ended.plusMillis((long) (capped * 1000 * factor)).truncatedTo(ChronoUnit.SECONDS);
  }
}
