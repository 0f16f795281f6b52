package dev.emroperator.finance.e2e.faults;

import java.util.List;

/** The death of an operator with the times of an installation, for the recovery that users see. */
final class Unscaled {

  private static final String KIND = "death, unscaled times";

  private Unscaled() {}

  /** One death while a cluster is asked for, and one while the job runs. */
  static List<Finding> findings(Lanes lanes) {
    Lane lane = lanes.another("unscaled", "timing: {sweep: 10s}");
    List<Point> life = AwaitPoints.of(lane, Course.LIFE);
    Point request =
        life.stream().filter(p -> p.signature().equals("EMR RunJobFlow")).findFirst().orElseThrow();
    Point steps =
        life.stream().filter(p -> p.signature().equals("EMR ListSteps")).findFirst().orElseThrow();
    List<Drill> drills = AwaitPoints.drills(Course.LIFE, List.of(request, steps));
    return lanes.workAlone(lane, drills).stream()
        .map(
            f -> new Finding(KIND, f.what(), f.violations(), f.recovery(), f.wasted(), f.reached()))
        .toList();
  }
}
