package dev.emroperator.finance.e2e.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Misfortunes that are no single call: each is a story of its own. */
enum Scenarios {
  WATCHES_CUT("watches cut", "[{\"millis\": 1000}]", "Succeeded") {
    @Override
    void happen(Lane lane, String object) {
      lane.gateway().cutWatches();
      begin(lane, object);
      Course.running(lane, object);
      lane.gateway().cutWatches();
    }
  },
  /** Its own deadline ends the driver, and with it the cluster. */
  HUNG_DRIVER_AND_NO_OPERATOR("hung driver", "[{\"hang\": \"daily\"}]", "Failed") {
    @Override
    void happen(Lane lane, String object) {
      lane.apply(object, "  deadlines: {start: 6s, total: 6s}\n");
      Course.running(lane, object);
      lane.killOperator();
      boolean ended =
          lane.await(
              () -> lane.lives(object).stream().allMatch(life -> life.ended() != null),
              Course.SOON);
      lane.startOperator();
      Course.require(ended, "the cluster ends with nobody there to end it");
    }
  },
  /** Every lane feels it, so this one is run alone. */
  API_SERVER_DOWN_FOR_30_S("API server and etcd down", "[{\"millis\": 8000}]", "Succeeded") {
    @Override
    void happen(Lane lane, String object) {
      begin(lane, object);
      Course.running(lane, object);
      lane.cloud().kubernetes().stopApiServer();
      lane.await(() -> false, Duration.ofSeconds(30));
      lane.cloud().kubernetes().startApiServer();
    }
  },
  ETCD_RESTARTED_AND_WATCHES_CUT("API server and etcd down", "[{\"millis\": 8000}]", "Succeeded") {
    @Override
    void happen(Lane lane, String object) {
      begin(lane, object);
      Course.running(lane, object);
      lane.cloud().kubernetes().restartEtcd();
      lane.gateway().cutWatches();
    }
  };

  private static final Set<Scenarios> ALONE =
      EnumSet.of(API_SERVER_DOWN_FOR_30_S, ETCD_RESTARTED_AND_WATCHES_CUT);

  private final String kind;
  private final String behaviour;
  private final Expected expected;

  Scenarios(String kind, String behaviour, String phase) {
    this.kind = kind;
    this.behaviour = behaviour;
    this.expected = new Expected(phase, 1, List.of("daily", "trend"));
  }

  abstract void happen(Lane lane, String object);

  /** Those that lanes can live through side by side. */
  static List<Drill> drills() {
    return Arrays.stream(values())
        .filter(story -> !ALONE.contains(story))
        .map(Scenarios::drill)
        .toList();
  }

  /** Those that every lane would feel. */
  static List<Drill> aloneDrills() {
    return ALONE.stream().map(Scenarios::drill).toList();
  }

  /** A constant's name as it stands in the table. */
  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  Drill drill() {
    String what = words(this);
    return new Drill(kind, what, lane -> run(lane, what));
  }

  private Finding run(Lane lane, String what) {
    String object = lane.nextName();
    lane.behave(object, behaviour);
    long since = System.currentTimeMillis();
    happen(lane, object);
    return new Judge(lane, object, expected).judge(kind, what, () -> true, () -> since);
  }

  private static void begin(Lane lane, String object) {
    lane.apply(object, "");
  }
}
