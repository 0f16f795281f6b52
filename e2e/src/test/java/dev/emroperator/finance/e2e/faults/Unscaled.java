package dev.emroperator.finance.e2e.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The death of an operator with the times of an installation, for the recovery that users see. */
final class Unscaled {

  private static final String KIND = "death, unscaled times";

  private static final String LATE = "late answer, unscaled times";

  private Unscaled() {}

  /** One death while a cluster is asked for, and one while the job runs. */
  static List<Finding> findings(Lanes lanes, Predicate<String> wanted) {
    if (!wanted.test(KIND) && !wanted.test(LATE)) {
      return List.of();
    }
    Lane lane = lanes.another("unscaled", "timing: {sweep: 10s}");
    List<Point> life = AwaitPoints.of(lane, Course.LIFE);
    Point request =
        life.stream().filter(p -> p.signature().equals("EMR RunJobFlow")).findFirst().orElseThrow();
    Point steps =
        life.stream().filter(p -> p.signature().equals("EMR ListSteps")).findFirst().orElseThrow();
    List<Drill> drills = AwaitPoints.drills(Course.LIFE, List.of(request, steps));
    List<Finding> findings = new ArrayList<>();
    if (wanted.test(KIND)) {
      lanes.workAlone(lane, drills).forEach(finding -> findings.add(finding.of(KIND)));
    }
    if (wanted.test(LATE)) {
      Drill late = SingleFaults.drill(Course.LIFE, request, Effect.ANSWERED_AFTER_80_S, LATE);
      findings.addAll(lanes.workAlone(lane, List.of(late)));
    }
    return findings;
  }
}
