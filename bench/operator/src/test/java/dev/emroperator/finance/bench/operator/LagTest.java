package dev.emroperator.finance.bench.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.emroperator.finance.bench.operator.Seen.Sight;
import dev.emroperator.finance.localcloud.ClusterLife;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagTest {

  private static final String OBJECT = "research/a";
  private static final ClusterLife LIFE =
      new ClusterLife(
          "j-1",
          "local/research/a/0123abcd-1",
          "us-east-1",
          Map.of(),
          "RUNNING",
          null,
          null,
          1000,
          null,
          null,
          null,
          null,
          List.of(
              new ClusterLife.Since("STARTING", 1000),
              new ClusterLife.Since("BOOTSTRAPPING", 2000),
              new ClusterLife.Since("RUNNING", 3000)));

  private static Lag lag(long from, long to, Sight... sights) {
    return new Lag(Map.of(OBJECT, List.of(sights))::get, from, to);
  }

  private static Sight sight(long at, String clusterId, String clusterState) {
    return new Sight(at, "Provisioning", clusterId, clusterState, -1);
  }

  private static Sight sight(long at, String phase, int percent) {
    return new Sight(at, phase, "j-1", "RUNNING", percent);
  }

  private static Delays ofProgress(Lag lag, Job.Written... written) {
    return lag.ofProgress(Map.of("0123abcd-1", List.of(written)), List.of(LIFE));
  }

  @Test
  void aStateThatWasOvertakenWaitsForWhatShowsInItsPlace() {
    Lag lag = lag(0, 9000, sight(1500, "j-1", "STARTING"), sight(4500, "j-1", "RUNNING"));
    Map<String, Delays> delays = lag.ofStates(List.of(LIFE));
    assertEquals(List.of(2.5), delays.get("BOOTSTRAPPING").seconds());
    assertEquals(List.of(1.5), delays.get("RUNNING").seconds());
    assertFalse(delays.containsKey("STARTING"));
  }

  @Test
  void whatNeverShowedTakesForEver() {
    Lag lag = lag(0, 9000, sight(2200, "j-1", "BOOTSTRAPPING"), sight(3100, "j-0", "RUNNING"));
    Map<String, Delays> delays = lag.ofStates(List.of(LIFE));
    assertEquals(List.of(0.2), delays.get("BOOTSTRAPPING").seconds());
    assertEquals(List.of(Double.POSITIVE_INFINITY), delays.get("RUNNING").seconds());
  }

  @Test
  void onlyWhatHappenedInTheWindowCounts() {
    Sight sight = sight(3100, "j-1", "RUNNING");
    assertEquals(Map.of(), lag(3001, 9000, sight).ofStates(List.of(LIFE)));
    assertEquals(1, lag(2000, 3000, sight).ofStates(List.of(LIFE)).size());
  }

  @Test
  void progressShowsWithAsMuchOrMoreOrAtTheEnd() {
    Lag lag =
        lag(
            0,
            9000,
            sight(4000, "Running", 10),
            sight(6000, "Running", 30),
            sight(8000, "Failed", 30));
    Delays delays =
        ofProgress(
            lag,
            new Job.Written(3500, 10),
            new Job.Written(5000, 20),
            new Job.Written(5500, 20),
            new Job.Written(7000, 99));
    assertEquals(List.of(0.5, 1.0, 1.0), delays.seconds());
  }

  @Test
  void progressThatNeverShowedTakesForEver() {
    Delays delays = ofProgress(lag(0, 9000, sight(4000, "Running", 10)), new Job.Written(5000, 20));
    assertEquals(List.of(Double.POSITIVE_INFINITY), delays.seconds());
  }
}
