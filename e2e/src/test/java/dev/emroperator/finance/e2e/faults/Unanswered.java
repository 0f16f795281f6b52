package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.EmrProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * EMR closes the connection of RunJobFlow without a whole answer. By its journal nobody, be it the
 * SDK or the HTTP client, may ask again until it is settled whether there is a cluster.
 */
enum Unanswered {
  DROP_AFTER("dropAfter", 1),
  RESET("reset", 1),
  /** Nothing was done, so that it must be asked once more, but not before the window is over. */
  DROP_BEFORE("dropBefore", 2);

  static final String KIND = "closed connection";

  private final String effect;
  private final int requests;

  Unanswered(String effect, int requests) {
    this.effect = effect;
    this.requests = requests;
  }

  static List<Drill> drills() {
    return Arrays.stream(values()).map(u -> new Drill(KIND, u.effect, u::run)).toList();
  }

  private Finding run(Lane lane) {
    String object = lane.nextName();
    lane.fate(object, effect, 0);
    long since = System.currentTimeMillis();
    lane.apply(object, "");
    Finding finding =
        new Judge(lane, object, Course.LIFE.expected())
            .judge(KIND, effect, () -> true, () -> since);
    List<EmrProcess.Call> asked = lane.requests(object);
    List<String> violations = new ArrayList<>(finding.violations());
    if (asked.size() != requests) {
      violations.add("%s: not %d requests: %s".formatted(effect, requests, asked));
    } else if (asked.get(requests - 1).at() - asked.get(0).at() < (requests - 1) * Lane.UNSETTLED) {
      violations.add(effect + ": asked again before it was settled: " + asked);
    }
    return finding.with(violations);
  }
}
