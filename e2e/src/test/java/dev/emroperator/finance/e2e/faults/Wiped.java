package dev.emroperator.finance.e2e.faults;

import java.util.Arrays;
import java.util.List;

/** The status is lost, as by a wrong hand or a restored backup, when it is needed most. */
enum Wiped {
  WHILE_RUNNING("[{\"millis\": 4000}]", "Succeeded") {
    @Override
    boolean happen(Lane lane, String object) {
      lane.apply(object, "");
      Course.running(lane, object);
      lane.wipeStatus(object);
      return true;
    }
  },
  /** The next operator knows neither of a request nor of a cluster. */
  AFTER_THE_REQUEST_WITH_THE_OPERATOR("[{\"millis\": 15000}]", "Succeeded") {
    @Override
    boolean happen(Lane lane, String object) {
      boolean died = dieAfterRequest(lane, object);
      lane.wipeStatus(object);
      lane.startOperator();
      return died;
    }
  },
  /** As above, and the job may be done before there is an operator again. */
  AFTER_THE_REQUEST_OF_A_QUICK_JOB_WITH_THE_OPERATOR("[{\"millis\": 0}]", "Succeeded") {
    @Override
    boolean happen(Lane lane, String object) {
      return AFTER_THE_REQUEST_WITH_THE_OPERATOR.happen(lane, object);
    }
  },
  BEFORE_A_DELETION("[{\"hang\": \"daily\"}]", "") {
    @Override
    boolean happen(Lane lane, String object) {
      lane.apply(object, "");
      Course.running(lane, object);
      lane.wipeStatus(object);
      lane.delete(object);
      return true;
    }
  },
  /** Nobody who is left has ever heard of the cluster. */
  AFTER_THE_REQUEST_WITH_THE_OPERATOR_BEFORE_A_DELETION("[{\"hang\": \"daily\"}]", "") {
    @Override
    boolean happen(Lane lane, String object) {
      boolean died = dieAfterRequest(lane, object);
      lane.wipeStatus(object);
      lane.delete(object);
      lane.startOperator();
      return died;
    }
  };

  static final String KIND = "status wiped";

  private final String behaviour;
  private final Expected expected;

  Wiped(String behaviour, String phase) {
    this.behaviour = behaviour;
    this.expected = new Expected(phase, 1, List.of("daily", "trend"));
  }

  /** True when it has come. */
  abstract boolean happen(Lane lane, String object);

  static List<Drill> drills() {
    return Arrays.stream(values()).map(Wiped::drill).toList();
  }

  private Drill drill() {
    String what = Scenarios.words(this);
    return new Drill(KIND, what, lane -> run(lane, what));
  }

  private Finding run(Lane lane, String what) {
    String object = lane.nextName();
    lane.behave(object, behaviour);
    long since = System.currentTimeMillis();
    boolean came = happen(lane, object);
    return new Judge(lane, object, expected).judge(KIND, what, () -> came, () -> since);
  }

  /** True when it died there; false when the request never came, and it had to be killed. */
  private static boolean dieAfterRequest(Lane lane, String object) {
    Death death = new Death(lane, object, Point.REQUEST, Moment.AFTER);
    lane.gateway().intercept(death);
    lane.apply(object, "");
    boolean died = lane.await(death::hasCome, Course.SOON);
    lane.gateway().intercept(null);
    if (!died) {
      lane.killOperator();
    }
    return died;
  }
}
