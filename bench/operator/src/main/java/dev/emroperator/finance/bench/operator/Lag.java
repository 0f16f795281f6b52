package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.bench.operator.Seen.Sight;
import dev.emroperator.finance.localcloud.ClusterLife;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How long a user waits until status shows what has happened. What was overtaken by something later
 * counts until that shows; what never showed counts as infinite.
 *
 * @param seen all that users saw of an object, by {@code <namespace>/<name>}, the first first
 * @param from epoch milliseconds: what happened earlier doesn't count
 * @param to nor does what happened later
 */
record Lag(Function<String, List<Sight>> seen, long from, long to) {

  /** Of changes of clusters into each state; the answer to RunJobFlow tells of STARTING itself. */
  Map<String, Delays> ofStates(List<ClusterLife> lives) {
    Map<String, List<Double>> delays = new TreeMap<>();
    for (ClusterLife life : lives) {
      List<String> states = life.states().stream().map(ClusterLife.Since::state).toList();
      for (int i = 1; i < states.size(); i++) {
        long at = life.states().get(i).at();
        // A state may be over before anyone looks.
        List<String> thisOrLater = states.subList(i, states.size());
        if (isWanted(at)) {
          delays
              .computeIfAbsent(states.get(i), state -> new ArrayList<>())
              .add(
                  until(
                      object(life),
                      at,
                      sight ->
                          life.id().equals(sight.clusterId())
                              && thisOrLater.contains(sight.clusterState())));
        }
      }
    }
    return delays.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, d -> new Delays(d.getValue())));
  }

  /** Of the progress that jobs wrote, by their attempts. */
  Delays ofProgress(Map<String, List<Job.Written>> jobs, List<ClusterLife> lives) {
    List<Double> delays = new ArrayList<>();
    for (ClusterLife life : lives) {
      int before = -1;
      for (Job.Written written : jobs.getOrDefault(life.attempt(), List.of())) {
        if (written.percent() > before && isWanted(written.at())) {
          Predicate<Sight> shows = sight -> sight.percent() >= written.percent() || sight.isEnd();
          delays.add(until(object(life), written.at(), shows));
        }
        before = written.percent();
      }
    }
    return new Delays(delays);
  }

  private boolean isWanted(long at) {
    return from <= at && at < to;
  }

  private double until(String object, long at, Predicate<Sight> shows) {
    OptionalLong shown = seen.apply(object).stream().filter(shows).mapToLong(Sight::at).findFirst();
    return shown.isPresent()
        ? Math.max(0, shown.getAsLong() - at) / 1000.0
        : Double.POSITIVE_INFINITY;
  }

  /** {@code <namespace>/<name>} out of {@code <installation>/<namespace>/<name>/<uid8>-<n>}. */
  private static String object(ClusterLife life) {
    String[] parts = life.name().split("/");
    return parts[1] + "/" + parts[2];
  }
}
