package dev.emroperator.finance.e2e.faults;

/**
 * One thing that the soak does.
 *
 * @param object that it is done to; empty for what befalls the lane
 * @param detail of a creation the {@link SoakJob}; of a kill, milliseconds until the restart; of
 *     the weather, how many calls of a hundred go wrong
 * @param pause milliseconds until the next action
 */
record SoakAction(Kind kind, String object, String detail, long pause) {

  /** What can be done; the weight is its share of all actions. */
  enum Kind {
    CREATE(30),
    DELETE(12),
    SUSPEND(9),
    RESUME(10),
    RERUN(8),
    CANCEL(6),
    RETRY(7),
    KILL(4),
    WEATHER(8),
    CUT_WATCHES(3);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }

    int weight() {
      return weight;
    }
  }
}
