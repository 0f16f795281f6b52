package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.faults.SoakRecord.Down;
import dev.emroperator.finance.e2e.faults.SoakRecord.Rest;
import dev.emroperator.finance.localcloud.ClusterLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What must hold at any time, of EMR's own record of clusters. Times are epoch milliseconds. */
final class SoakInvariants {

  /** A promise that was not kept, to the object of this uid. */
  record Broken(String uid, String what) {}

  private SoakInvariants() {}

  /** By uid at most one cluster at an instant that nobody has asked to end. */
  static List<Broken> atOnce(Collection<ClusterLife> lives) {
    List<Broken> broken = new ArrayList<>();
    ClusterLife.mostAtOnce(lives)
        .forEach(
            (uid, most) -> {
              if (most > 1) {
                broken.add(new Broken(uid, most + " clusters were wanted at once"));
              }
            });
    return broken;
  }

  /** One cluster of a name; no request of the soak arrives too late to be settled. */
  static List<Broken> byAttempt(Collection<ClusterLife> lives) {
    Map<String, List<ClusterLife>> byAttempt =
        lives.stream()
            .collect(
                Collectors.groupingBy(ClusterLife::attempt, TreeMap::new, Collectors.toList()));
    return byAttempt.values().stream()
        .filter(twins -> twins.size() > 1)
        .map(
            twins ->
                new Broken(
                    twins.get(0).uid(),
                    twins.size() + " clusters of attempt " + twins.get(0).attempt()))
        .toList();
  }

  /**
   * None lives on in a rest.
   *
   * @param bound how long a ready operator may take to ask for the end
   * @param downs when none was ready, in their order
   */
  static List<Broken> resting(
      Collection<ClusterLife> lives,
      Collection<Rest> rests,
      Duration bound,
      List<Down> downs,
      long now) {
    List<Broken> broken = new ArrayList<>();
    for (Rest rest : rests) {
      for (ClusterLife life : lives) {
        long from = Math.max(life.created(), SoakRecord.due(rest.since(), bound, downs));
        long to = Math.min(Math.min(life.wantedUntil(), rest.until()), now);
        if (life.uid().equals(rest.uid()) && from < to) {
          broken.add(
              new Broken(
                  rest.uid(),
                  "%s is wanted %d ms after %s"
                      .formatted(life.id(), to - rest.since(), rest.why())));
        }
      }
    }
    return broken;
  }

  /**
   * What was paid for clusters that brought nothing.
   *
   * @param excused those that brought something, or that were told not to
   */
  static Duration inVain(Collection<ClusterLife> lives, Predicate<ClusterLife> excused, long now) {
    return lives.stream()
        .filter(excused.negate())
        .map(life -> life.paid(now))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
