package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Each effect on each call of a course, with the operator alive. */
final class SingleFaults {

  private SingleFaults() {}

  static List<Drill> drills(Course course, List<Point> points) {
    List<Drill> drills = new ArrayList<>();
    for (Point point : points) {
      for (Effect effect : Effect.values()) {
        if (effect.befalls(point.target())) {
          drills.add(drill(course, point, effect, "single fault, " + point.target()));
        }
      }
    }
    return drills;
  }

  /**
   * Each call of a course meets one effect, the next call the next one; what EMR is told to do
   * meets all. So the suite stays short where courses share most of their calls.
   */
  static List<Drill> inTurn(Course course, List<Point> points) {
    List<Drill> drills = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      List<Effect> effects =
          Arrays.stream(Effect.values()).filter(e -> e.befalls(point.target())).toList();
      if (point.tellsEmr()) {
        drills.addAll(drills(course, List.of(point)));
      } else {
        String kind = "single fault, " + point.target();
        drills.add(drill(course, point, effects.get(i % effects.size()), kind));
      }
    }
    return drills;
  }

  static Drill drill(Course course, Point point, Effect effect, String kind) {
    String what = effect + " " + point;
    return new Drill(kind, what, lane -> run(lane, course, point, effect, kind, what));
  }

  /** A lasting refusal ends the run while it costs nothing more; all else is only a delay. */
  static Expected expected(Course course, Point point, Effect effect) {
    String signature = point.signature();
    boolean refused =
        effect == Effect.DENIED
            && (signature.equals("EMR RunJobFlow")
                || signature.contains("market-data")
                // The look for earlier results, before the claim; later looks are repeated.
                || signature.contains("list-type") && signature.endsWith("_runs%2F#%2F"));
    return refused
        ? new Expected("Failed", course.expected().attempts() - 1, List.of())
        : course.expected();
  }

  private static Finding run(
      Lane lane, Course course, Point point, Effect effect, String kind, String what) {
    if (point.isUpload()) {
      lane.forgetJob();
    }
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
