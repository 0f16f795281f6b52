package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.faults.SoakRecord.Down;
import dev.emroperator.finance.e2e.faults.SoakRecord.Rest;
import dev.emroperator.finance.localcloud.ClusterLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What must hold at any time, of EMR's own record of clusters. Times are epoch milliseconds. */
final class SoakInvariants {

  /** Sixty seconds of an installation, whose windows are forty times as long. */
  private static final Duration IN_VAIN_PER_FAULT = Duration.ofMillis(1500);

  /** Not more of the objects that behave than one in so many may come too late. */
  private static final int LATE_ONE_IN = 3;

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
   * The faults that can cost something have to be worth what was paid in vain.
   *
   * @param costly calls that make, change or end a cluster and went wrong, and deaths of operators
   */
  static List<Broken> tooMuch(Duration inVain, int costly) {
    Duration most = IN_VAIN_PER_FAULT.multipliedBy(costly);
    return inVain.compareTo(most) <= 0
        ? List.of()
        : List.of(
            new Broken(
                "",
                String.format(
                    Locale.ROOT,
                    "%.1f s were paid in vain, more than %.1f s for %d faults that can cost"
                        + " something",
                    inVain.toMillis() / 1000.0,
                    most.toMillis() / 1000.0,
                    costly)));
  }

  /**
   * Bad weather makes some come after their deadline, but most have to succeed in time.
   *
   * @param behaved how many objects nothing but the weather held up
   * @param late how many of them failed by their deadline; one alone may have had bad luck
   */
  static List<Broken> tooLate(int behaved, int late) {
    return late <= 1 || late * LATE_ONE_IN <= behaved
        ? List.of()
        : List.of(
            new Broken(
                "", late + " of " + behaved + " objects that behave failed by their deadline"));
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
