package dev.emroperator.finance.e2e.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The operator dies at each call that a life waits for, once before it and once after its effect.
 */
final class AwaitPoints {

  private AwaitPoints() {}

  /** Goes through a course undisturbed, and returns its points. */
  static List<Point> of(Lane lane, Course course) {
    String object = lane.nextName();
    course.prepare(lane, object);
    Points points = new Points(lane.name(), object);
    lane.gateway().intercept(points);
    course.begin(lane, object);
    course.goOn(lane, object);
    Finding finding =
        new Judge(lane, object, course.expected())
            .judge(course.title(), "nothing", () -> true, System::currentTimeMillis);
    if (!finding.violations().isEmpty()) {
      throw new AssertionError(String.join("\n", finding.violations()));
    }
    return points.all();
  }

  /** Two runs for each point. */
  static List<Drill> drills(Course course, List<Point> points) {
    List<Drill> drills = new ArrayList<>();
    for (Point point : points) {
      drills.add(drill(course, point, Moment.BEFORE, course.title()));
      drills.add(drill(course, point, Moment.AFTER, course.title()));
    }
    return drills;
  }

  static Drill drill(Course course, Point point, Moment moment, String kind) {
    String what = moment + " " + point;
    return new Drill(kind, what, lane -> run(lane, course, point, moment, kind, what));
  }

  private static Finding run(
      Lane lane, Course course, Point point, Moment moment, String kind, String what) {
    if (point.isUpload()) {
      lane.forgetJob();
    }
    String object = lane.nextName();
    course.prepare(lane, object);
    Death death = new Death(lane, object, point, moment);
    lane.gateway().intercept(death);
    AtomicLong since = new AtomicLong(System.currentTimeMillis());
    CompletableFuture<Void> restart =
        CompletableFuture.runAsync(
            () -> {
              if (death.await()) {
                lane.gateway().intercept(null);
                since.set(System.currentTimeMillis());
                lane.startOperator();
              }
            });
    try {
      course.begin(lane, object);
      course.goOn(lane, object);
      return new Judge(lane, object, course.expected())
          .judge(kind, what, death::hasCome, since::get);
    } finally {
      death.giveUp();
      restart.join();
    }
  }
}
