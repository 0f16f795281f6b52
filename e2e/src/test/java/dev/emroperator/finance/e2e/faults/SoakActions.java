package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.faults.SoakAction.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What the soak does on one lane, drawn from a seed alone and not from what is seen, so that a
 * repeat does the same things in the same order.
 */
final class SoakActions {

  /** More at once would only wait for the processor. */
  private static final int MOST = 8;

  private static final int LONGEST_PAUSE = 1500;
  private static final int LONGEST_DEATH = 4000;
  private static final int WORST_WEATHER = 30;

  private final Random random;
  private final List<String> alive = new ArrayList<>();
  private final List<String> suspended = new ArrayList<>();
  private int created;

  SoakActions(long seed) {
    this.random = new Random(seed);
  }

  SoakAction next() {
    Kind kind = possible(drawKind());
    return switch (kind) {
      case CREATE -> create();
      case DELETE -> delete();
      case SUSPEND -> suspend();
      case RESUME -> action(kind, suspended.remove(random.nextInt(suspended.size())), "");
      case RERUN, CANCEL, RETRY -> action(kind, any(), "");
      case KILL -> action(kind, "", "" + random.nextInt(LONGEST_DEATH));
      case WEATHER -> action(kind, "", "" + random.nextInt(WORST_WEATHER + 1));
      case CUT_WATCHES -> action(kind, "", "");
    };
  }

  private Kind drawKind() {
    int left = random.nextInt(Arrays.stream(Kind.values()).mapToInt(Kind::weight).sum());
    for (Kind kind : Kind.values()) {
      left -= kind.weight();
      if (left < 0) {
        return kind;
      }
    }
    throw new AssertionError("the weights add up to more than their sum");
  }

  private Kind possible(Kind drawn) {
    if (alive.isEmpty() || drawn == Kind.RESUME && suspended.isEmpty()) {
      return Kind.CREATE;
    }
    return drawn == Kind.CREATE && alive.size() == MOST ? Kind.DELETE : drawn;
  }

  private SoakAction create() {
    String object = "s" + ++created;
    alive.add(object);
    SoakJob[] jobs = SoakJob.values();
    return action(Kind.CREATE, object, jobs[random.nextInt(jobs.length)].name());
  }

  private SoakAction delete() {
    String object = any();
    alive.remove(object);
    suspended.remove(object);
    return action(Kind.DELETE, object, "");
  }

  private SoakAction suspend() {
    String object = any();
    if (!suspended.contains(object)) {
      suspended.add(object);
    }
    return action(Kind.SUSPEND, object, "");
  }

  private String any() {
    return alive.get(random.nextInt(alive.size()));
  }

  private SoakAction action(Kind kind, String object, String detail) {
    return new SoakAction(kind, object, detail, random.nextInt(LONGEST_PAUSE));
  }
}
