package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.bench.operator.Seen.Sight;
import dev.emroperator.finance.localcloud.ClusterLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two replicas; the one that leads is killed, and later the other is asked to end. */
final class Failover {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int REGIONS = 20;
  private static final List<String> ELECTED = List.of();

  private Failover() {}

  static Measured measure(Options options) {
    int count = options.either(200, 40);
    try (Stage stage = new Stage("off", Duration.ofSeconds(20))) {
      Operator first = stage.startOperator("one", REGIONS, ELECTED);
      Stage.await("a leader", LONGEST, () -> "one".equals(stage.leader()));
      Operator second = stage.startOperator("two", REGIONS, ELECTED);
      inFlight(stage, "killed", count);
      long killed = System.currentTimeMillis();
      first.process().kill();
      double takeover = until(stage, "two", killed);
      double useful = firstStatus(stage, killed);
      Stage.await("the end of all", LONGEST, () -> stage.seen().ended() == count);

      stage.startOperator("three", REGIONS, ELECTED);
      inFlight(stage, "ended", count);
      long asked = System.currentTimeMillis();
      Thread ending = new Thread(second::end, "SIGTERM");
      ending.start();
      double handover = until(stage, "three", asked);
      Stage.await("the end of all", LONGEST, () -> stage.seen().ended() == 2L * count);
      return stage.measured(rows(stage, count, takeover, useful, handover));
    }
  }

  private static List<Row> rows(
      Stage stage, int count, double takeover, double useful, double handover) {
    List<ClusterLife> lives = stage.emr().lives();
    List<Row> rows = new ArrayList<>();
    rows.add(Row.told("objects in flight, each time", count, ""));
    rows.add(Row.told("SIGKILL → another replica leads", takeover, "s"));
    rows.add(Row.told("SIGKILL → the first status that it writes", useful, "s"));
    rows.add(Row.atMost(5, "SIGTERM → another replica leads", handover, "s"));
    rows.add(
        Row.exactly(
            0,
            "clusters too many at any time",
            ClusterLife.mostAtOnce(lives).values().stream().mapToInt(most -> most - 1).sum(),
            ""));
    rows.add(Row.exactly(2 * count, "clusters in all", lives.size(), ""));
    rows.add(Row.exactly(0, "updates lost", lost(stage.seen().last(), lives), ""));
    return rows;
  }

  /** Objects that have not succeeded, or don't know the one cluster that EMR made for them. */
  private static long lost(Map<String, Sight> last, List<ClusterLife> lives) {
    return last.entrySet().stream()
        .filter(
            object ->
                !object.getValue().phase().equals("Succeeded")
                    || lives.stream()
                        .noneMatch(
                            life ->
                                life.id().equals(object.getValue().clusterId())
                                    && life.name().contains("/" + object.getKey() + "/")))
        .count();
  }

  /** Creates objects, and returns when half of their clusters were asked for. */
  private static void inFlight(Stage stage, String name, int count) {
    int before = stage.asked(0).size();
    Crew.work(count, i -> Intake.create(stage, name + "-" + i, i, REGIONS));
    Stage.await("half of the clusters", LONGEST, () -> stage.asked(0).size() >= before + count / 2);
  }

  private static double until(Stage stage, String leader, long since) {
    Stage.await(leader + " to lead", LONGEST, () -> leader.equals(stage.leader()));
    return (System.currentTimeMillis() - since) / 1000.0;
  }

  /** What the one before had sent is over a second after its end. */
  private static double firstStatus(Stage stage, long killed) {
    long from = killed + 1000;
    Stage.await("a status", LONGEST, () -> stage.seen().firstAfter(from).isPresent());
    return (stage.seen().firstAfter(from).orElseThrow() - killed) / 1000.0;
  }
}
