package dev.emroperator.finance.operator.emr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may ask for a cluster next: a queue in front of a bucket, in which namespaces take turns and
 * each serves its own in the order in which they came. Nobody's turn takes a token before it is
 * used, so the bucket never holds more than its capacity for those who have one. Not thread-safe.
 */
final class Turns {

  /** Others may go away while an object waits, and its own turn comes sooner then. */
  private static final Duration LOOKS_AGAIN_WITHIN = Duration.ofMinutes(1);

  /** Objects that are deleted or held while they wait don't say so. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** In the order in which they came, each with the time until which its turn is kept. */
  private final Map<String, Instant> keptUntil = new LinkedHashMap<>();

  /** Number of the last turn that each namespace has had, while any of it waits. */
  private final Map<String, Long> served = new HashMap<>();

  private long turns;

  /** How long until the turn comes, or until the object has to look again. */
  Duration reserve(String name, TokenBucket bucket, Instant now) {
    keptUntil.values().removeIf(until -> until.isBefore(now));
    Duration wait = bucket.until(before(name) + 1, now);
    Duration comesBackIn = wait.compareTo(LOOKS_AGAIN_WITHIN) > 0 ? LOOKS_AGAIN_WITHIN : wait;
    keptUntil.put(name, now.plus(comesBackIn).plus(KEPT));
    return comesBackIn;
  }

  void used(String name) {
    keptUntil.remove(name);
    turns++;
    served.put(namespace(name), turns);
  }

  /** Those of its namespace that came earlier, and of each other one as many, or one more. */
  private int before(String name) {
    Map<String, List<String>> waiting = new LinkedHashMap<>();
    keptUntil.keySet().forEach(one -> add(waiting, one));
    if (!keptUntil.containsKey(name)) {
      add(waiting, name);
    }
    served.keySet().retainAll(waiting.keySet());
    String own = namespace(name);
    int place = waiting.get(own).indexOf(name);
    int before = place;
    boolean isEarlier = true;
    for (Map.Entry<String, List<String>> other : waiting.entrySet()) {
      if (other.getKey().equals(own)) {
        isEarlier = false;
        continue;
      }
      int theirs = other.getValue().size();
      before += Math.min(theirs, place);
      before += theirs > place && goesFirst(other.getKey(), own, isEarlier) ? 1 : 0;
    }
    return before;
  }

  private boolean goesFirst(String other, String own, boolean isEarlier) {
    long theirs = served.getOrDefault(other, 0L);
    long ours = served.getOrDefault(own, 0L);
    return theirs == ours ? isEarlier : theirs < ours;
  }

  private static void add(Map<String, List<String>> waiting, String name) {
    waiting.computeIfAbsent(namespace(name), namespace -> new ArrayList<>()).add(name);
  }

  /** As it stands in the name of a cluster, after the installation. */
  private static String namespace(String name) {
    String[] parts = name.split("/", 3);
    return parts.length < 3 ? "" : parts[1];
  }
}
