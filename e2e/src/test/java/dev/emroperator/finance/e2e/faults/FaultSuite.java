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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The two promises under every fault: exactly one cluster for each attempt, and none that outlives
 * its work. Runs by {@code mvn verify -Pfaults}.
 */
class FaultSuite {

  private static final String ONLY = System.getProperty("faults.only", "");
  private static final int LANES = Integer.getInteger("faults.lanes", 3);
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

  @Test
  void everyPromiseIsKept() throws IOException {
    System.out.println("Seed: -Dfaults.seed=" + SEED);
    List<Finding> findings = new ArrayList<>();
    if (!ONLY.equals(Soak.KIND)) {
      findings.addAll(drilled());
    }
    if (Soak.KIND.contains(ONLY)) {
      findings.addAll(Soak.findings(LANES, SEED));
    }
    String table = Table.of(findings);
    System.out.println(table);
    if (System.getProperty("faults.write") != null) {
      write(table);
    }
    List<String> violations = findings.stream().flatMap(f -> f.violations().stream()).toList();
    assertEquals(List.of(), violations, "seed " + SEED);
  }

  private static List<Finding> drilled() {
    List<Finding> findings = new ArrayList<>();
    try (Lanes lanes = new Lanes(LANES)) {
      List<Drill> drills = new ArrayList<>(Fates.drills());
      drills.addAll(Scenarios.drills());
      for (Course course : Course.values()) {
        List<Point> points = AwaitPoints.of(lanes.first(), course);
        drills.addAll(AwaitPoints.drills(course, points));
        if (course == Course.LIFE || course == Course.DELETION) {
          drills.addAll(SingleFaults.drills(course, points));
        }
      }
      List<Drill> wanted =
          new ArrayList<>(drills.stream().filter(d -> d.kind().contains(ONLY)).toList());
      assertFalse(wanted.isEmpty(), "-Dfaults.only=" + ONLY + " names no class of faults");
      Collections.shuffle(wanted, new Random(SEED));
      findings.addAll(lanes.work(wanted));
      findings.addAll(lanes.workAlone(List.of(Scenarios.API_SERVER_DOWN_FOR_30_S.drill())));
      findings.addAll(Unscaled.findings(lanes));
    }
    return findings;
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
