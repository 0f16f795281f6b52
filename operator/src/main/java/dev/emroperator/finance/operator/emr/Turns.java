package dev.emroperator.finance.operator.emr;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may ask for a cluster next: a queue in front of a bucket. Nobody's turn takes a token before
 * it is used, so the bucket never holds more than its capacity for those who have one. Not
 * thread-safe.
 */
final class Turns {

  /** Objects that are deleted while they wait don't say so. */
  private static final Duration KEPT = Duration.ofSeconds(60);

  /** In the order of the queue, each with the time until which its turn is kept. */
  private final Map<String, Instant> keptUntil = new LinkedHashMap<>();

  Duration reserve(String name, TokenBucket bucket, Instant now) {
    keptUntil.values().removeIf(until -> until.isBefore(now));
    int before = 0;
    for (String other : keptUntil.keySet()) {
      if (other.equals(name)) {
        break;
      }
      before++;
    }
    Duration wait = bucket.until(before + 1, now);
    keptUntil.put(name, now.plus(wait).plus(KEPT));
    return wait;
  }

  void used(String name) {
    keptUntil.remove(name);
  }
}
