package dev.emroperator.finance.localcloud;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a cluster, told by EMR's side and not by the operator. Times are epoch
 * milliseconds, null for what has not happened; see docs/fault-script.md.
 *
 * @param asked when TerminateJobFlows first asked for its end
 * @param terminating since when it is TERMINATING, asked or not
 * @param stepEnded when the last of its steps had ended
 * @param ended when it was gone
 */
@JsonIgnoreProperties(ignoreUnknown = true)
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

  /** The object's uid, shortened, out of {@code <installation>/<namespace>/<name>/<uid8>-<n>}. */
  public String uid() {
    String attempt = attempt();
    return attempt.substring(0, Math.max(0, attempt.lastIndexOf('-')));
  }

  /** The last part of the name: {@code <uid8>-<n>}. */
  public String attempt() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Until when it lived without anybody or anything ending it. */
  public long wantedUntil() {
    return Stream.of(asked, terminating, ended)
        .filter(Objects::nonNull)
        .min(Long::compare)
        .orElse(Long.MAX_VALUE);
  }

  /** How long it stood there with its work done and nothing ending it, up to now. */
  public Duration idle(long now) {
    return stepEnded == null
        ? Duration.ZERO
        : Duration.ofMillis(Math.max(0, Math.min(wantedUntil(), now) - stepEnded));
  }

  /** What has to be paid for, up to now. */
  public Duration paid(long now) {
    return Duration.ofMillis((ended == null ? now : ended) - created);
  }

  /** By uid, how many clusters there were at most at one instant that nobody had asked to end. */
  public static Map<String, Integer> mostAtOnce(Collection<ClusterLife> lives) {
    Map<String, List<ClusterLife>> byUid =
        lives.stream().collect(Collectors.groupingBy(ClusterLife::uid));
    Map<String, Integer> most = new TreeMap<>();
    byUid.forEach(
        (uid, own) ->
            most.put(
                uid, own.stream().mapToInt(life -> atOnce(own, life.created())).max().orElse(0)));
    return most;
  }

  private static int atOnce(List<ClusterLife> lives, long at) {
    return (int)
        lives.stream().filter(life -> life.created() <= at && at < life.wantedUntil()).count();
  }
}
