package dev.emroperator.finance.e2e.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * EMR shows a cluster only some time after it was made. The script of the emulator is one for all
 * lanes, so these are run alone.
 */
final class Hidden {

  static final String KIND = "delayed visibility";

  /** Shorter than the window in which a request is settled. */
  private static final String FAULT =
      "{\"operation\": \"*\", \"effect\": \"hideYoung\", \"millis\": 2000, \"times\": 1000000}";

  private Hidden() {}

  /** A life in which all goes well besides, and those in which the request goes wrong, too. */
  static List<Drill> drills(Point request) {
    List<Drill> drills = new ArrayList<>(AwaitPoints.drills(Course.LIFE, List.of(request)));
    for (Effect effect : List.of(Effect.DROPPED_BEFORE, Effect.DROPPED_AFTER, Effect.SLOW)) {
      drills.add(SingleFaults.drill(Course.LIFE, request, effect, KIND));
    }
    drills.add(new Drill(KIND, "nothing else", Hidden::calm));
    return drills.stream().map(Hidden::hiding).toList();
  }

  private static Drill hiding(Drill drill) {
    return new Drill(
        KIND,
        drill.what(),
        lane -> {
          lane.cloud().emr().misbehave(FAULT);
          try {
            return drill.run().apply(lane).of(KIND);
          } finally {
            lane.cloud().emr().misbehave();
          }
        });
  }

  private static Finding calm(Lane lane) {
    String object = lane.nextName();
    long since = System.currentTimeMillis();
    lane.apply(object, "");
    return new Judge(lane, object, Course.LIFE.expected())
        .judge(KIND, "nothing else", () -> true, () -> since);
  }
}
