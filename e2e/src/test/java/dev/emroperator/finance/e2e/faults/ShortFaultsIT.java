package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The points of the fault suite at which money is at stake, for every build. */
class ShortFaultsIT {

  @Test
  void thePromisesAreKeptWhereMoneyIsAtStake() {
    try (Lanes lanes = new Lanes(2)) {
      List<Drill> drills = new ArrayList<>();
      List<Point> life = AwaitPoints.of(lanes.first(), Course.LIFE);
      Point request = point(life, "EMR RunJobFlow");
      Point intent = point(life, "/status");
      drills.addAll(AwaitPoints.drills(Course.LIFE, List.of(request, intent)));
      drills.addAll(SingleFaults.drills(Course.LIFE, List.of(request)));
      List<Point> deletion = AwaitPoints.of(lanes.first(), Course.DELETION);
      Point end = point(deletion, "EMR TerminateJobFlows");
      drills.addAll(AwaitPoints.drills(Course.DELETION, List.of(end)));

      List<Finding> findings = lanes.work(drills);
      System.out.println(Table.of(findings));
      assertEquals(drills.size(), findings.size());
      assertTrue(findings.stream().allMatch(Finding::reached), "every fault has come");
      Stream<String> violations = findings.stream().flatMap(f -> f.violations().stream());
      assertEquals(List.of(), violations.toList());
      assertEquals(Set.of(), lanes.policy().notGranted());
      assertTrue(
          lanes
              .policy()
              .called()
              .containsAll(Set.of("elasticmapreduce:TerminateJobFlows", "s3:PutObject")));
    }
  }

  private static Point point(List<Point> points, String part) {
    return points.stream()
        .filter(point -> point.signature().contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no call " + part + " among " + points));
  }
}
