package dev.emroperator.finance.emulator.quotas;

import java.time.Duration;
import java.time.Instant;

/** Tokens that are taken one by one and come back at a steady rate. Guarded by the quotas. */
final class TokenBucket {

  private final double burst;
  private final double perSecond;
  private double tokens;
  private Instant filled;

  TokenBucket(double burst, double perSecond, Instant now) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.tokens = burst;
    this.filled = now;
  }

  boolean hasToken(Instant now) {
    if (now.isAfter(filled)) {
      double seconds = Duration.between(filled, now).toMillis() / 1000.0;
      tokens = Math.min(burst, tokens + seconds * perSecond);
      filled = now;
    }
    // Sums of fractions may miss a whole token by a hair.
    return tokens > 1 - 1e-9;
  }

  void take() {
    tokens -= 1;
  }
}
