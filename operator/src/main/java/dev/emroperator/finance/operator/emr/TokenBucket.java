package dev.emroperator.finance.operator.emr;

import java.time.Duration;
import java.time.Instant;

/** Tokens that come back at a steady rate, up to a capacity; full at first. Not thread-safe. */
final class TokenBucket {

  /** Sums of small refills are a hair off. */
  private static final double ROUNDING = 1e-9;

  private final double capacity;
  private final double perSecond;
  private double tokens;
  private Instant at;

  TokenBucket(double capacity, double perSecond, Instant now) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.tokens = capacity;
    this.at = now;
  }

  double capacity() {
    return capacity;
  }

  double left(Instant now) {
    refill(now);
    return tokens;
  }

  /** How long until there are so many tokens if nobody takes one, in whole milliseconds. */
  Duration until(double wanted, Instant now) {
    refill(now);
    return tokens + ROUNDING >= wanted
        ? Duration.ZERO
        : Duration.ofMillis((long) Math.ceil((wanted - tokens) / perSecond * 1000));
  }

  void take(Instant now) {
    refill(now);
    tokens -= 1;
  }

  void drain(Instant now) {
    refill(now);
    tokens = Math.min(tokens, 0);
  }

  private void refill(Instant now) {
    if (now.isAfter(at)) {
      double seconds = Duration.between(at, now).toNanos() / 1e9;
      tokens = Math.min(capacity, tokens + seconds * perSecond);
      at = now;
    }
  }
}
