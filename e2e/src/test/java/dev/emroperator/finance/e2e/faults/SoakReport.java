package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.faults.SoakInvariants.Broken;
import dev.emroperator.finance.e2e.faults.SoakRecord.Done;
import dev.emroperator.finance.localcloud.ClusterLife;
import java.time.Duration;
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

  /**
   * One of each object, and one of the lane.
   *
   * @param faults how many calls went wrong
   * @param costly how many of them make, change or end a cluster
   * @param kills how often the operator died
   * @param clear since when none did, epoch milliseconds
   */
  List<Finding> findings(List<SoakObject> objects, int faults, int costly, int kills, long clear) {
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
    List<SoakObject> behaved = objects.stream().filter(SoakObject::behaved).toList();
    long late = behaved.stream().filter(SoakObject::isLate).count();
    String sum =
        String.format(
            Locale.ROOT,
            "%s: %d actions, %d objects, %d clusters, %d faults (%d of them costly), %d kills,"
                + " %d of %d that behave late, %.1f s in vain",
            what,
            done.size(),
            objects.size(),
            lives.size(),
            faults,
            costly,
            kills,
            late,
            behaved.size(),
            inVain);
    System.out.println(sum);
    List<Broken> ofAll = new ArrayList<>();
    ofAll.addAll(
        SoakInvariants.tooMuch(Duration.ofMillis(Math.round(inVain * 1000)), costly + kills));
    ofAll.addAll(SoakInvariants.tooLate(behaved.size(), (int) late));
    List<String> told = ofAll.stream().map(one -> tell(one.what() + ": " + sum, "")).toList();
    findings.add(new Finding(Soak.KIND, what, told, 0, 0, true));
    findings.stream().flatMap(f -> f.violations().stream()).forEach(System.out::println);
    return findings;
  }

  private double inVain(SoakObject object) {
    List<ClusterLife> own = lives.stream().filter(l -> l.uid().equals(object.uid())).toList();
    Results results = new Results(lane, object.name());
    long now = System.currentTimeMillis();
    Predicate<ClusterLife> excused =
        life ->
            object.job().spoils(life.attempt(), own.indexOf(life) + 1)
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
