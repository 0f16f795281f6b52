package dev.emroperator.finance.e2e.faults;

/** How the job and the first cluster of an object of the soak behave. */
enum SoakJob {
  QUICK(0, "[{\"millis\": 0}]", "", 0),
  QUICK_AGAIN(0, "[{\"millis\": 0}]", "", 0),
  SLOW(0, "[{\"millis\": 1500}]", "", 0),
  SLOWER(0, "[{\"millis\": 3000}, {\"millis\": 500}]", "", 0),
  FAIL(1, "[{\"fail\": \"daily\"}, {\"millis\": 0}]", "", 0),
  HANG(1, "[{\"hang\": \"daily\"}, {\"millis\": 0}]", "", 0),
  NO_CAPACITY(1, "[{\"millis\": 0}]", "noCapacity", 500),
  MASTER_LOSS(1, "[{\"millis\": 1500}, {\"millis\": 0}]", "masterLoss", 500),
  BOOTSTRAP_FAILURE(1, "[{\"millis\": 0}]", "bootstrapFailure", 500),
  STUCK_STARTING(1, "[{\"millis\": 0}]", "stuckStarting", 0),
  STEP_HANG(1, "[{\"millis\": 0}]", "stepHang", 0),
  SLOW_TERMINATION(0, "[{\"millis\": 500}]", "slowTermination", 4000);

  /** Short, so that what hangs ends while somebody looks. */
  static final String SPEC = "  retry: {backoff: 1s}\n  deadlines: {start: 8s, total: 12s}\n";

  private final int fruitless;
  private final String behaviour;
  private final String effect;
  private final long millis;

  /**
   * A job.
   *
   * @param fruitless how many first attempts can't have a result
   */
  SoakJob(int fruitless, String behaviour, String effect, long millis) {
    this.fruitless = fruitless;
    this.behaviour = behaviour;
    this.effect = effect;
    this.millis = millis;
  }

  void create(Lane lane, String object) {
    lane.behave(object, behaviour);
    if (!effect.isEmpty()) {
      lane.fate(object, effect, millis);
    }
    lane.apply(object, SPEC);
  }

  /** True when nothing of its own keeps it from success. */
  boolean behaves() {
    return fruitless == 0;
  }

  /**
   * True for a cluster that was told to come to nothing: a fate befalls the first cluster, whatever
   * the number of its attempt, and a job behaves by that number.
   *
   * @param attempt as in {@code 0f6d2a6e-1}
   * @param nth cluster of its object, from 1
   */
  boolean spoils(String attempt, int nth) {
    int number = Integer.parseInt(attempt.substring(attempt.lastIndexOf('-') + 1));
    return (effect.isEmpty() ? number : nth) <= fruitless;
  }
}
