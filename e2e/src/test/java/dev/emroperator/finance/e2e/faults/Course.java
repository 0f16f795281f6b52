package dev.emroperator.finance.e2e.faults;

import java.time.Duration;
import java.util.List;

/** A piece of an object's life, whose calls are gone through one by one. */
enum Course {
  /** From apply to success. */
  LIFE("await points of a whole life", "Succeeded", 1, 0) {
    @Override
    void begin(Lane lane, String object) {
      lane.apply(object, "");
    }
  },
  /** Deletion while the job runs. */
  DELETION("await points of a deletion", "", 1, 0) {
    @Override
    void prepare(Lane lane, String object) {
      lane.behave(object, "[{\"hang\": \"daily\"}]");
      lane.apply(object, "");
      running(lane, object);
    }

    @Override
    void begin(Lane lane, String object) {
      lane.delete(object);
    }
  },
  /** The second attempt, after the first found no machines. */
  RETRY("await points of a retry", "Succeeded", 2, 2) {
    @Override
    void prepare(Lane lane, String object) {
      lane.fate(object, "endCluster", 1000);
      lane.apply(object, "  retry: {backoff: 1s}\n");
      require(
          lane.await(
              () -> lane.lives(object).stream().anyMatch(life -> life.ended() != null), SOON),
          "the first attempt ends");
    }
  },
  /** A rest while the job runs, and the rest of the run after it. */
  SUSPENSION("await points of a suspension", "Succeeded", 2, 10) {
    @Override
    void prepare(Lane lane, String object) {
      lane.behave(object, "[{\"hang\": \"daily\"}, {\"millis\": 0}]");
      lane.apply(object, "");
      running(lane, object);
    }

    @Override
    void begin(Lane lane, String object) {
      lane.patch(object, "{\"spec\": {\"suspend\": true}}");
    }

    @Override
    void goOn(Lane lane, String object) {
      require(
          lane.await(() -> "Suspended".equals(lane.status(object, "phase")), SOON),
          "it is suspended");
      lane.patch(object, "{\"spec\": {\"suspend\": false}}");
    }
  };

  static final Duration SOON = Duration.ofSeconds(60);

  private final String title;
  private final Expected expected;

  Course(String title, String phase, int attempts, double byDesign) {
    this.title = title;
    this.expected = new Expected(phase, attempts, List.of("daily", "trend"), byDesign);
  }

  String title() {
    return title;
  }

  Expected expected() {
    return expected;
  }

  /** What comes before the calls that count. */
  void prepare(Lane lane, String object) {}

  void begin(Lane lane, String object) {}

  /** What the user does after a first part, if anything. */
  void goOn(Lane lane, String object) {}

  static void running(Lane lane, String object) {
    require(lane.await(() -> "Running".equals(lane.status(object, "phase")), SOON), "the job runs");
  }

  static void require(boolean came, String what) {
    if (!came) {
      throw new IllegalStateException("within " + SOON.toSeconds() + " s it must be that " + what);
    }
  }
}
