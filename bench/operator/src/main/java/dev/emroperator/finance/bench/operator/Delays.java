package dev.emroperator.finance.bench.operator;

import java.util.Collection;
import java.util.List;

/** Seconds that something took, each time; infinite for what did not come. */
record Delays(List<Double> seconds) {

  Delays {
    seconds = seconds.stream().sorted().toList();
  }

  static Delays all(Collection<Delays> parts) {
    return new Delays(parts.stream().flatMap(part -> part.seconds().stream()).toList());
  }

  /**
   * The least that so many of a hundred don't exceed; NaN, which meets no target, when there are
   * none.
   *
   * @param percent more than 0, at most 100
   */
  double percentile(double percent) {
    if (seconds.isEmpty()) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100 * seconds.size());
    return seconds.get(Math.max(1, rank) - 1);
  }

  int count() {
    return seconds.size();
  }
}
