package dev.emroperator.finance.e2e.faults;

import java.util.Arrays;
import java.util.List;

/** What can befall a cluster, and how the object has to end then. */
enum Fates {
  SPOT_RECLAIM("spotReclaim", 100, "", "Succeeded", 1),
  MASTER_LOSS("masterLoss", 500, "retry: {backoff: 1s}", "Succeeded", 2),
  NO_CAPACITY("noCapacity", 500, "retry: {backoff: 1s}", "Succeeded", 2),
  FLEET_TIMEOUT("fleetTimeout", 500, "retry: {backoff: 1s}", "Succeeded", 2),
  BOOTSTRAP_FAILURE("bootstrapFailure", 500, "", "Failed", 1),
  VALIDATION_FAILURE("validationFailure", 500, "", "Failed", 1),
  STUCK_STARTING(
      "stuckStarting", 0, "retry: {backoff: 1s}\n  deadlines: {start: 4s}", "Succeeded", 2),
  STEP_HANG("stepHang", 0, "deadlines: {start: 5s, total: 8s}", "Failed", 1),
  SLOW_TERMINATION("slowTermination", 4000, "", "Succeeded", 1);

  private static final String KIND = "what befalls a cluster";

  private final String effect;
  private final long millis;
  private final String spec;
  private final Expected expected;

  Fates(String effect, long millis, String spec, String phase, int attempts) {
    this.effect = effect;
    this.millis = millis;
    this.spec = spec;
    this.expected = new Expected(phase, attempts, List.of("daily", "trend"));
  }

  static List<Drill> drills() {
    return Arrays.stream(values()).map(fate -> new Drill(KIND, fate.effect, fate::run)).toList();
  }

  private Finding run(Lane lane) {
    String object = lane.nextName();
    // Long enough that it still runs when its cluster is hit.
    lane.behave(object, "[{\"millis\": 1500}, {\"millis\": 0}]");
    lane.fate(object, effect, millis);
    long since = System.currentTimeMillis();
    lane.apply(object, spec.isEmpty() ? "" : "  " + spec + "\n");
    return new Judge(lane, object, expected)
        .judge(KIND, effect, () -> !lane.lives(object).isEmpty(), () -> since);
  }
}
