package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The two promises under every fault: exactly one cluster for each attempt, and none that outlives
 * its work. Runs by {@code mvn verify -Pfaults}.
 */
class FaultSuite {

  private static final Pattern ONLY = Pattern.compile(System.getProperty("faults.only", ""));
  private static final int LANES = Integer.getInteger("faults.lanes", 3);
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

  @Test
  void everyPromiseIsKept() throws IOException {
    System.out.println("Seed: -Dfaults.seed=" + SEED);
    List<Finding> findings = new ArrayList<>();
    if (!ONLY.pattern().equals(Soak.KIND)) {
      findings.addAll(drilled());
    }
    if (isWanted(Soak.KIND)) {
      findings.addAll(Soak.findings(LANES, SEED));
    }
    assertFalse(findings.isEmpty(), "-Dfaults.only=" + ONLY + " names no class of faults");
    String table = Table.of(findings);
    System.out.println(table);
    if (System.getProperty("faults.write") != null) {
      write(table);
    }
    List<String> violations = findings.stream().flatMap(f -> f.violations().stream()).toList();
    assertEquals(List.of(), violations, "seed " + SEED);
    assertEquals(List.of(), Unreached.wrong(findings), "seed " + SEED);
  }

  private static List<Finding> drilled() {
    List<Finding> findings = new ArrayList<>();
    try (Lanes lanes = new Lanes(LANES)) {
      List<Drill> drills = new ArrayList<>(Fates.drills());
      drills.addAll(Scenarios.drills());
      drills.addAll(Unanswered.drills());
      drills.addAll(Wiped.drills());
      drills.addAll(LateRequest.drills());
      drills.add(SplitBrain.DRILL);
      List<Drill> alone = new ArrayList<>(Scenarios.aloneDrills());
      for (Course course : Course.values()) {
        List<Point> points = AwaitPoints.of(lanes.first(), course);
        drills.addAll(AwaitPoints.drills(course, points));
        boolean each = course == Course.LIFE || course == Course.DELETION;
        drills.addAll(
            each ? SingleFaults.drills(course, points) : SingleFaults.inTurn(course, points));
        if (course == Course.LIFE) {
          Point request = points.stream().filter(Point::tellsEmr).findFirst().orElseThrow();
          alone.addAll(Hidden.drills(request));
        }
      }
      alone.add(Unreadable.DRILL);
      List<Drill> wanted = wanted(drills);
      Collections.shuffle(wanted, new Random(SEED));
      // The longest first, so that no lane is left with them at the end.
      wanted.addAll(0, wanted(Storm.drills(SEED)));
      findings.addAll(lanes.work(wanted));
      findings.addAll(lanes.workAlone(wanted(alone)));
      findings.addAll(Unscaled.findings(lanes, FaultSuite::isWanted));
      assertEquals(Set.of(), lanes.policy().notGranted());
    }
    return findings;
  }

  private static List<Drill> wanted(List<Drill> drills) {
    return new ArrayList<>(drills.stream().filter(d -> isWanted(d.kind())).toList());
  }

  private static boolean isWanted(String kind) {
    return ONLY.matcher(kind).find();
  }

  private static void write(String table) throws IOException {
    Path page = Path.of("docs/fault-suite.md");
    String head;
    try (Stream<String> lines = Files.lines(page)) {
      head = String.join("\n", lines.takeWhile(line -> !line.startsWith("| fault class")).toList());
    }
    Files.writeString(page, head + "\n" + table);
  }
}
