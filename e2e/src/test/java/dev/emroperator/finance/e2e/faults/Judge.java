package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.ClusterLife;
import dev.emroperator.finance.localcloud.EmrProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Judges a run by EMR's own view, S3's files and the API server, and not by the operator's. */
final class Judge {

  /** A request of unknown fate is settled after two minutes, where times are not scaled. */
  private static final Duration END = Duration.ofMinutes(4);

  private final Lane lane;
  private final String object;
  private final Expected expected;
  private final List<String> violations = new ArrayList<>();

  Judge(Lane lane, String object, Expected expected) {
    this.lane = lane;
    this.object = object;
    this.expected = expected;
  }

  /** Waits for the end that is expected, looks at it, deletes the object and looks again. */
  Finding judge(String kind, String what, BooleanSupplier reached, LongSupplier from) {
    boolean deleted = expected.phase().isEmpty();
    boolean came = lane.await(() -> deleted ? isGone() : isFinal(), END);
    long since = from.getAsLong();
    double recovery = (System.currentTimeMillis() - since) / 1000.0;
    if (!came) {
      violations.add("no end within " + END);
    }
    long unwantedSince = deleted ? lane.deletedAt(object) : 0;
    if (deleted) {
      check(!came || noneIsWanted(), "the object went, and nobody had asked to end its cluster");
    } else {
      String phase = lane.status(object, "phase");
      check(phase.equals(expected.phase()), "phase " + phase + ", not " + expected.phase());
    }
    check(lane.await(this::noneLives, END), "a cluster lives on");
    if (expected.phase().equals("Succeeded")) {
      Results results = new Results(lane, object);
      expected.results().forEach(analysis -> violations.addAll(results.wrong(analysis, 1)));
    }
    checkClusters();
    checkRequests();
    String seen = String.valueOf(lane.get(object));
    lane.gateway().intercept(null);
    if (!deleted) {
      lane.delete(object);
      check(lane.await(this::isGone, END), "the object stays after its deletion");
      check(noneLives(), "a cluster lives after the deletion");
    }
    double wasted = Waste.seconds(lane.lives(object), unwantedSince, System.currentTimeMillis());
    double limit = lane.pace().inVain() + expected.byDesign();
    check(wasted <= limit, wasted + " s were paid in vain, more than " + limit);
    List<String> told =
        violations.stream().map(v -> "%s, %s: %s%n%s".formatted(kind, what, v, all(seen))).toList();
    return new Finding(kind, what, told, recovery, wasted, reached.getAsBoolean());
  }

  private void checkClusters() {
    List<ClusterLife> lives = lane.lives(object);
    ClusterLife.mostAtOnce(lives)
        .forEach((uid, most) -> check(most <= 1, most + " clusters were wanted at once"));
    Map<String, Long> byAttempt =
        lives.stream()
            .collect(
                Collectors.groupingBy(ClusterLife::attempt, TreeMap::new, Collectors.counting()));
    byAttempt.forEach((name, n) -> check(n == 1, n + " clusters of attempt " + name));
    check(
        byAttempt.size() == expected.attempts(),
        "attempts " + byAttempt.keySet() + ", not " + expected.attempts());
  }

  /** The id is the same when the SDK, or the HTTP client below it, sends a request once more. */
  private void checkRequests() {
    List<String> ids = lane.requests(object).stream().map(EmrProcess.Call::invocationId).toList();
    check(ids.size() == Set.copyOf(ids).size(), "a RunJobFlow was repeated below us: " + ids);
  }

  /** Nothing more is to be written. */
  private boolean isFinal() {
    boolean clusterIsGone =
        lane.status(object, "cluster", "id").isEmpty()
            || !lane.status(object, "cluster", "endedAt").isEmpty();
    return List.of("Succeeded", "Failed").contains(lane.status(object, "phase")) && clusterIsGone;
  }

  private boolean isGone() {
    return lane.get(object) == null;
  }

  private boolean noneLives() {
    return lane.lives(object).stream().allMatch(life -> life.ended() != null);
  }

  private boolean noneIsWanted() {
    return lane.lives(object).stream().allMatch(life -> life.wantedUntil() < Long.MAX_VALUE);
  }

  private void check(boolean right, String otherwise) {
    if (!right) {
      violations.add(otherwise);
    }
  }

  private String all(String seen) {
    return "  lane %s, object %s%n  clusters %s%n  object %s%n  log%n%s"
        .formatted(lane.name(), object, lane.lives(object), seen, lane.logTail());
  }
}
