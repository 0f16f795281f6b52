package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.TimeSpan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Everything at once, at random, for a time: users, faults and deaths, on each lane its own. */
final class Soak {

  static final String KIND = "soak";

  private static final Duration TIME = TimeSpan.parse(System.getProperty("faults." + KIND, "5m"));

  private Soak() {}

  /**
   * A finding for each object, and one for each lane.
   *
   * @param seed of all that is drawn; each lane draws from a seed of its own, which follows of it
   */
  static List<Finding> findings(int count, long seed) {
    try (Lanes lanes = new Lanes(count)) {
      ExecutorService threads = Executors.newFixedThreadPool(count);
      try {
        List<Finding> findings =
            lanes.all().stream()
                .map(lane -> CompletableFuture.supplyAsync(() -> soak(lane, seed), threads))
                .toList()
                .stream()
                .flatMap(soaked -> soaked.join().stream())
                .toList();
        assertEquals(Set.of(), lanes.policy().notGranted());
        return findings;
      } finally {
        threads.shutdown();
      }
    }
  }

  /** A soak that can't be judged counts as a violation. */
  private static List<Finding> soak(Lane lane, long seed) {
    String what = "-Dfaults.seed=%d, %s".formatted(seed, lane.name());
    SoakLane soak = new SoakLane(lane, seed + lane.name().hashCode());
    try {
      soak.act(TIME);
      soak.end();
      return soak.findings(what);
    } catch (RuntimeException | AssertionError e) {
      lane.gateway().intercept(null);
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      String told =
          "%s could not be judged: %s%n%s%n%s".formatted(what, trace, soak.told(), lane.logTail());
      System.out.println(told);
      return List.of(new Finding(KIND, what, List.of(told), 0, 0, true));
    }
  }
}
