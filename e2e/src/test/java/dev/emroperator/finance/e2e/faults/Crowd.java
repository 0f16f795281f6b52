package dev.emroperator.finance.e2e.faults;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objects that were applied at once, judged one by one and told as one run. */
final class Crowd {

  /** RunJobFlow has a quota of one call in two seconds, and rests after each that was throttled. */
  private static final Duration END = Duration.ofMinutes(15);

  private static final Expected EXPECTED = new Expected("Succeeded", 1, List.of("daily", "trend"));

  private final Lane lane;
  private final List<String> objects;
  private final long since = System.currentTimeMillis();

  private Crowd(Lane lane, List<String> objects) {
    this.lane = lane;
    this.objects = objects;
  }

  static Crowd apply(Lane lane, int count) {
    Crowd crowd = new Crowd(lane, Stream.generate(lane::nextName).limit(count).toList());
    crowd.objects.forEach(object -> lane.apply(object, ""));
    return crowd;
  }

  /** Waits until every object has its outcome, or time is up. */
  void awaitEnd() {
    lane.await(
        () -> objects.stream().noneMatch(object -> lane.status(object, "outcome").isEmpty()), END);
  }

  /** The operator processes that have asked for the clusters. */
  Set<String> claimants() {
    return objects.stream()
        .map(object -> lane.status(object, "attempt", "claimant"))
        .filter(claimant -> !claimant.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The recovery is that of all, the waste that of the worst object. */
  Finding judge(String kind, String what, BooleanSupplier reached) {
    long end = System.currentTimeMillis();
    List<Finding> each =
        objects.stream()
            .map(
                object ->
                    new Judge(lane, object, EXPECTED)
                        .judge(kind, what + ", " + object, reached, () -> since))
            .toList();
    return new Finding(
        kind,
        what,
        each.stream().flatMap(finding -> finding.violations().stream()).toList(),
        (end - since) / 1000.0,
        each.stream().mapToDouble(Finding::wasted).max().orElse(0),
        reached.getAsBoolean());
  }
}
