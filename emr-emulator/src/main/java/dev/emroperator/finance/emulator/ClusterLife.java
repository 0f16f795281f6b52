package dev.emroperator.finance.emulator;

import dev.emroperator.finance.emulator.model.Cluster;
import dev.emroperator.finance.emulator.model.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What became of a cluster, whatever its owner says of it. Times are epoch milliseconds, null for
 * what has not happened.
 *
 * @param reasonCode of its end
 * @param reasonMessage of its state
 * @param asked when TerminateJobFlows first asked for its end, while it lived
 * @param terminating since when it is TERMINATING, asked or not
 * @param stepEnded when the last of its steps had ended; null while one has not
 * @param ended when it was gone, and cost nothing any more
 * @param states every state that it was in, first to last
 */
public record ClusterLife(
    String id,
    String name,
    String region,
    Map<String, String> tags,
    String state,
    String reasonCode,
    String reasonMessage,
    long created,
    Long asked,
    Long terminating,
    Long stepEnded,
    Long ended,
    List<Since> states) {

  /** A state, and since when. */
  public record Since(String state, long at) {}

  /** Called under the account's monitor. */
  static ClusterLife of(Cluster cluster) {
    List<Since> states =
        cluster.changes().stream().map(c -> new Since(c.state(), c.at().toEpochMilli())).toList();
    return new ClusterLife(
        cluster.id(),
        cluster.name(),
        cluster.region(),
        Map.copyOf(cluster.tags()),
        cluster.state(),
        cluster.reasonCode(),
        cluster.reasonMessage(),
        cluster.created().toEpochMilli(),
        millis(cluster.asked()),
        states.stream()
            .filter(s -> s.state().equals("TERMINATING"))
            .map(Since::at)
            .findFirst()
            .orElse(null),
        millis(stepEnded(cluster.steps())),
        millis(cluster.ended()),
        states);
  }

  private static Instant stepEnded(List<Step> steps) {
    List<Instant> ends = steps.stream().map(Step::ended).filter(Objects::nonNull).toList();
    return ends.size() < steps.size() ? null : ends.stream().max(Instant::compareTo).orElse(null);
  }

  private static Long millis(Instant at) {
    return at == null ? null : at.toEpochMilli();
  }
}
