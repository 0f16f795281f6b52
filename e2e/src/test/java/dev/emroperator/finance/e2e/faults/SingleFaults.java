package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Each effect on each call of a course, with the operator alive. */
final class SingleFaults {

  private SingleFaults() {}

  static List<Drill> drills(Course course, List<Point> points) {
    List<Drill> drills = new ArrayList<>();
    for (Point point : points) {
      for (Effect effect : Effect.values()) {
        if (effect.befalls(point.target())) {
          String kind = "single fault, " + point.target();
          String what = effect + " " + point;
          drills.add(new Drill(kind, what, lane -> run(lane, course, point, effect, kind, what)));
        }
      }
    }
    return drills;
  }

  /** A lasting refusal ends the run while it costs nothing; all else is only a delay. */
  static Expected expected(Course course, Point point, Effect effect) {
    boolean refused =
        effect == Effect.DENIED
            && (point.signature().equals("EMR RunJobFlow")
                || point.signature().contains("market-data"));
    return refused ? new Expected("Failed", 0, List.of()) : course.expected();
  }

  private static Finding run(
      Lane lane, Course course, Point point, Effect effect, String kind, String what) {
    String object = lane.nextName();
    course.prepare(lane, object);
    Misfortune misfortune = new Misfortune(new Points(lane.name(), object), point, effect);
    lane.gateway().intercept(misfortune);
    long since = System.currentTimeMillis();
    course.begin(lane, object);
    course.goOn(lane, object);
    return new Judge(lane, object, expected(course, point, effect))
        .judge(kind, what, () -> misfortune.number >= 0, () -> since);
  }

  private static final class Misfortune implements Interceptor {
    private final Points points;
    private final Point point;
    private final Effect effect;
    private volatile long number = -1;

    private Misfortune(Points points, Point point, Effect effect) {
      this.points = points;
      this.point = point;
      this.effect = effect;
    }

    @Override
    public Verdict before(Call call) {
      if (!point.equals(points.count(call))) {
        return Verdict.PASS;
      }
      number = call.number();
      return effect.before(call.target());
    }

    @Override
    public Verdict after(Call call, int status) {
      return call.number() == number ? effect.after() : Verdict.PASS;
    }
  }
}
