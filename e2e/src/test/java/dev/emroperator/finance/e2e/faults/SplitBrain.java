package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.OperatorProcess;
import java.util.Set;

/** Two operators with no election, so that both act on every object. */
final class SplitBrain {

  static final String KIND = "split brain";
  static final Drill DRILL = new Drill(KIND, "two operators, 20 objects", SplitBrain::run);

  private static final int OBJECTS = 20;

  private SplitBrain() {}

  /** Where one operator was always first, there was no split, and nothing is shown. */
  private static Finding run(Lane lane) {
    OperatorProcess other = lane.another(lane.name() + "-twin");
    try {
      Crowd crowd = Crowd.apply(lane, OBJECTS);
      crowd.awaitEnd();
      Set<String> claimants = crowd.claimants();
      return crowd.judge(KIND, DRILL.what(), () -> claimants.size() == 2);
    } finally {
      other.kill();
    }
  }
}
