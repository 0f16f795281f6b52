package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.faults.SoakAction.Kind;
import dev.emroperator.finance.e2e.faults.SoakInvariants.Broken;
import dev.emroperator.finance.e2e.faults.SoakRecord.Done;
import dev.emroperator.finance.e2e.faults.SoakRecord.Down;
import dev.emroperator.finance.e2e.faults.SoakRecord.Rest;
import dev.emroperator.finance.localcloud.ClusterLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The soak of one lane: it takes the actions, and looks all the time whether the promises hold. */
final class SoakLane {

  /** A ready operator has to get through the weather in this time. */
  private static final Duration TO_END = Duration.ofSeconds(30);

  /** An object goes only when its cluster goes; this is how late that may be seen. */
  private static final Duration TO_GO = Duration.ofSeconds(2);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration SETTLED = Duration.ofSeconds(120);
  private static final int STARTS = 10;

  private final Lane lane;
  private final SoakActions actions;
  private final SoakWeather weather;
  private final Map<String, SoakObject> objects = new LinkedHashMap<>();
  private final List<Done> done = new ArrayList<>();
  private final Map<String, Rest> gone = new LinkedHashMap<>();
  private final List<Down> downs = new CopyOnWriteArrayList<>();
  private final List<Broken> broken = new ArrayList<>();
  private CompletableFuture<Void> restart = CompletableFuture.completedFuture(null);
  private long lastLook;
  private long clear;

  SoakLane(Lane lane, long seed) {
    this.lane = lane;
    this.actions = new SoakActions(seed);
    this.weather = new SoakWeather(seed);
  }

  /** Acts until the time is over, or a promise is broken: what is near it is the evidence. */
  void act(Duration time) {
    lane.gateway().intercept(weather);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end && broken.isEmpty()) {
      SoakAction action = actions.next();
      take(action);
      lane.await(this::isBroken, Duration.ofMillis(action.pause()));
    }
  }

  private void take(SoakAction action) {
    String object = action.object();
    long at = System.currentTimeMillis();
    switch (action.kind()) {
      case CREATE -> objects.put(object, SoakObject.create(lane, object, action.detail()));
      case DELETE -> lane.delete(object);
      case SUSPEND -> lane.patch(object, "{\"spec\": {\"suspend\": true}}");
      case RESUME -> lane.patch(object, "{\"spec\": {\"suspend\": false}}");
      case RERUN, CANCEL, RETRY -> objects.get(object).request(action.kind(), done.size());
      case KILL -> kill(Integer.parseInt(action.detail()));
      case WEATHER -> weather.turn(Integer.parseInt(action.detail()));
      case CUT_WATCHES -> lane.gateway().cutWatches();
    }
    // A rest begins when it was said, and ends before it is said otherwise.
    long said = action.kind() == Kind.RESUME ? at : System.currentTimeMillis();
    String uid = object.isEmpty() ? "" : objects.get(object).uid();
    done.add(new Done(said, uid, action));
  }

  /** One that is not ready yet is not killed again. */
  private void kill(int deadFor) {
    if (!restart.isDone()) {
      return;
    }
    restart.join();
    downs.add(new Down(System.currentTimeMillis(), Long.MAX_VALUE));
    lane.killOperator();
    restart =
        CompletableFuture.runAsync(
            this::start, CompletableFuture.delayedExecutor(deadFor, TimeUnit.MILLISECONDS));
  }

  /** As a kubelet does: where the weather does not let one start, another is started. */
  private void start() {
    for (int left = STARTS - 1; ; left--) {
      try {
        lane.startOperator();
        int last = downs.size() - 1;
        downs.set(last, new Down(downs.get(last).since(), System.currentTimeMillis()));
        return;
      } catch (IllegalStateException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  private boolean isBroken() {
    if (System.nanoTime() - lastLook >= LOOK_EVERY.toNanos()) {
      look();
      lastLook = System.nanoTime();
    }
    return !broken.isEmpty();
  }

  /** Asks EMR's side about the clusters, and the API server which objects are gone. */
  private void look() {
    long now = System.currentTimeMillis();
    for (Done act : List.copyOf(done)) {
      String object = act.action().object();
      if (act.is(Kind.DELETE) && !gone.containsKey(object) && lane.get(object) == null) {
        long since = System.currentTimeMillis();
        gone.put(object, new Rest(act.uid(), since, Long.MAX_VALUE, "its object was gone"));
      }
    }
    List<ClusterLife> lives = lives();
    List<Broken> seen = new ArrayList<>();
    seen.addAll(SoakInvariants.atOnce(lives));
    seen.addAll(SoakInvariants.byAttempt(lives));
    seen.addAll(SoakInvariants.resting(lives, SoakRecord.rests(done), TO_END, downs, now));
    seen.addAll(SoakInvariants.resting(lives, gone.values(), TO_GO, List.of(), now));
    seen.stream().filter(one -> !isKnown(one)).forEach(broken::add);
  }

  private boolean isKnown(Broken one) {
    return broken.stream().anyMatch(known -> known.uid().equals(one.uid()));
  }

  private List<ClusterLife> lives() {
    return lane.cloud().emr().lives().stream()
        .filter(life -> life.name().startsWith(lane.name() + "/"))
        .toList();
  }

  /** The weather clears up, and everything has to come to its end. */
  void end() {
    lane.gateway().intercept(null);
    restart.join();
    List<SoakObject> left = objects.values().stream().filter(o -> !isDeleted(o.name())).toList();
    for (SoakObject object : left) {
      take(new SoakAction(Kind.RESUME, object.name(), "", 0));
    }
    clear = System.currentTimeMillis();
    long deadline = clear + SETTLED.toMillis();
    for (SoakObject object : left) {
      long within = Math.max(1000, deadline - System.currentTimeMillis());
      lane.await(object::isSettled, Duration.ofMillis(within));
      broken.addAll(object.wrong());
    }
    look();
    for (SoakObject object : left) {
      take(new SoakAction(Kind.DELETE, object.name(), "", 0));
    }
    for (SoakObject object : objects.values()) {
      if (!lane.await(() -> lane.get(object.name()) == null, TO_END)) {
        broken.add(new Broken(object.uid(), "the object stays after its deletion"));
      }
    }
    // What is terminated slowly may be on its way still.
    boolean ended =
        lane.await(() -> lives().stream().allMatch(life -> life.ended() != null), TO_END);
    if (!ended) {
      lives().stream()
          .filter(life -> life.ended() == null)
          .forEach(life -> broken.add(new Broken(life.uid(), life.id() + " lives on")));
    }
    look();
  }

  private boolean isDeleted(String object) {
    return done.stream().anyMatch(d -> d.is(Kind.DELETE) && d.action().object().equals(object));
  }

  /** What was done so far. */
  String told() {
    return done.stream().map(Done::toString).collect(Collectors.joining("\n"));
  }

  List<Finding> findings(String what) {
    SoakReport report = new SoakReport(lane, what, List.copyOf(done), List.copyOf(broken), lives());
    return report.findings(
        List.copyOf(objects.values()), weather.faults(), weather.costly(), downs.size(), clear);
  }
}
