package dev.emroperator.finance.e2e.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What befalls an operator with the times of an installation, for the recovery that users see. */
final class Unscaled {

  private static final String KIND = "death, unscaled times";

  private static final String LATE = "late answer, unscaled times";

  /** Seconds to the end where nothing is under way. */
  private static final double CALM = 25;

  /** Seconds to the end where a request for a cluster has to be settled first. */
  private static final double UNSETTLED = 150;

  private Unscaled() {}

  /** Deaths while a cluster is asked for, and while the job runs; and EMR that takes its time. */
  static List<Finding> findings(Lanes lanes, Predicate<String> wanted) {
    if (!wanted.test(KIND) && !wanted.test(LATE)) {
      return List.of();
    }
    Lane lane = lanes.another("unscaled", Pace.UNSCALED);
    List<Point> life = AwaitPoints.of(lane, Course.LIFE);
    Point request = point(life, "EMR RunJobFlow");
    Point steps = point(life, "EMR ListSteps");
    List<Drill> drills = new ArrayList<>();
    for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
      drills.add(AwaitPoints.drill(Course.LIFE, request, moment, KIND).within(UNSETTLED));
      drills.add(AwaitPoints.drill(Course.LIFE, steps, moment, KIND).within(CALM));
    }
    drills.add(AwaitPoints.drill(Course.LIFE, request, Moment.UNDERWAY, LATE).within(UNSETTLED));
    drills.add(
        SingleFaults.drill(Course.LIFE, request, Effect.ANSWERED_AFTER_80_S, LATE)
            .within(UNSETTLED));
    Stream<Drill> chosen = drills.stream().filter(drill -> wanted.test(drill.kind()));
    return lanes.workAlone(lane, chosen.toList());
  }

  private static Point point(List<Point> life, String signature) {
    return life.stream().filter(p -> p.signature().equals(signature)).findFirst().orElseThrow();
  }
}
