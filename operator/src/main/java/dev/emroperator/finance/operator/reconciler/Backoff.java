package dev.emroperator.finance.operator.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long to wait before the next try of what has failed since a time. */
final class Backoff {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int SHARE = 4;

  private Backoff() {}

  /** A quarter of the time that has passed, so that a restart goes on where it was. */
  static Duration since(String timestamp, Duration shortest, Clock clock) {
    Duration passed = Duration.between(Instant.parse(timestamp), clock.instant()).dividedBy(SHARE);
    Duration capped = passed.compareTo(LONGEST) > 0 ? LONGEST : passed;
    return capped.compareTo(shortest) < 0 ? shortest : capped;
  }
}
