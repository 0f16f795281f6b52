package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.faults.SoakInvariants.Broken;
import dev.emroperator.finance.e2e.faults.SoakRecord.Done;
import dev.emroperator.finance.localcloud.ClusterLife;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What came of the soak of a lane.
 *
 * @param what seed and lane
 */
record SoakReport(
    Lane lane, String what, List<Done> done, List<Broken> broken, List<ClusterLife> lives) {

  /** Sixty seconds of an installation, whose windows are forty times as long. */
  private static final double SECONDS_IN_VAIN_PER_FAULT = 1.5;

  /**
   * One of each object, and one of the lane.
   *
   * @param faults how many calls went wrong
   * @param kills how often the operator died
   * @param clear since when none did, epoch milliseconds
   */
  List<Finding> findings(List<SoakObject> objects, int faults, int kills, long clear) {
    List<Finding> findings = new ArrayList<>();
    for (SoakObject object : objects) {
      List<String> told =
          broken.stream()
              .filter(one -> one.uid().equals(object.uid()))
              .map(one -> tell(object.name() + " " + object.job() + ": " + one.what(), one.uid()))
              .toList();
      findings.add(
          new Finding(
              Soak.KIND, object.name(), told, object.recovery(clear), inVain(object), true));
    }
    double inVain = findings.stream().mapToDouble(Finding::wasted).sum();
    String sum =
        String.format(
            Locale.ROOT,
            "%s: %d actions, %d objects, %d clusters, %d faults, %d kills, %.1f s in vain",
            what,
            done.size(),
            objects.size(),
            lives.size(),
            faults,
            kills,
            inVain);
    System.out.println(sum);
    List<String> tooMuch =
        inVain > SECONDS_IN_VAIN_PER_FAULT * (faults + kills)
            ? List.of(tell("too much was paid in vain: " + sum, ""))
            : List.of();
    findings.add(new Finding(Soak.KIND, what, tooMuch, 0, 0, true));
    findings.stream().flatMap(f -> f.violations().stream()).forEach(System.out::println);
    return findings;
  }

  private double inVain(SoakObject object) {
    List<ClusterLife> own = lives.stream().filter(l -> l.uid().equals(object.uid())).toList();
    Results results = new Results(lane, object.name());
    long now = System.currentTimeMillis();
    Predicate<ClusterLife> excused =
        life ->
            object.job().spoils(life.attempt())
                || results.has(life.attempt())
                || SoakRecord.wasEnded(done, life.uid(), life.created(), until(life, now));
    own.stream()
        .filter(excused.negate())
        .forEach(l -> System.out.printf("in vain, %s %s: %s%n", object.name(), object.job(), l));
    return SoakInvariants.inVain(own, excused, now).toMillis() / 1000.0;
  }

  private static long until(ClusterLife life, long now) {
    return life.ended() == null ? now : life.ended();
  }

  /** All that is needed to look into it, and to do it again. */
  private String tell(String violation, String uid) {
    String actions = done.stream().map(Done::toString).collect(Collectors.joining("\n    "));
    List<ClusterLife> own = lives.stream().filter(life -> life.uid().equals(uid)).toList();
    return "%s, %s%n  clusters %s%n  actions%n    %s%n  log%n%s"
        .formatted(what, violation, own, actions, lane.logTail());
  }
}
