package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down the points of a life as they come by. */
final class Points implements Interceptor {

  private final String lane;
  private final String object;
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<Point> points = new ArrayList<>();

  Points(String lane, String object) {
    this.lane = lane;
    this.object = object;
  }

  @Override
  public Verdict before(Call call) {
    count(call);
    return Verdict.PASS;
  }

  /** The point that a call is; null for none. */
  synchronized Point count(Call call) {
    String signature = Point.signature(call, lane, object);
    if (signature == null) {
      return null;
    }
    Point point = new Point(signature, seen.merge(signature, 1, Integer::sum));
    if (Point.counts(call, point.occurrence())) {
      points.add(point);
    }
    return point;
  }

  synchronized List<Point> all() {
    return List.copyOf(points);
  }
}
