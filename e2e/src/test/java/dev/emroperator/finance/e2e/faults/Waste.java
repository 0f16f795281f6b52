package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.ClusterLife;
import java.util.List;

/** Cluster time of one object that was paid for nothing. */
final class Waste {

  private Waste() {}

  /**
   * Sums it up, in seconds: all of the clusters before the last one; of the last one what came
   * after its work was done, or after it was no longer wanted.
   *
   * @param lives of the object, the oldest first
   * @param unwantedSince epoch milliseconds of the object's deletion; 0 if it was not deleted
   */
  static double seconds(List<ClusterLife> lives, long unwantedSince, long now) {
    if (lives.isEmpty()) {
      return 0;
    }
    ClusterLife last = lives.get(lives.size() - 1);
    long millis =
        lives.stream()
            .filter(life -> life != last)
            .mapToLong(life -> life.paid(now).toMillis())
            .sum();
    if (unwantedSince > 0) {
      long ended = last.ended() == null ? now : last.ended();
      millis += Math.max(0, ended - Math.max(unwantedSince, last.created()));
    } else {
      millis += last.idle(now).toMillis();
    }
    return millis / 1000.0;
  }
}
