package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.faults.SoakAction.Kind;
import dev.emroperator.finance.e2e.faults.SoakInvariants.Broken;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An object of the soak, and what was asked of it. */
final class SoakObject {

  private static final List<String> ANALYSES = List.of("daily", "trend");

  /** The only reasons for which one that behaves may fail. */
  private static final Set<String> DEADLINES = Set.of("DeadlineExceeded", "StartDeadlineExceeded");

  private final Lane lane;
  private final String name;
  private final SoakJob job;
  private final String uid;
  private final Map<Kind, String> requests = new HashMap<>();
  private int reruns;
  private long settled;
  private boolean behaved;
  private boolean late;

  private SoakObject(Lane lane, String name, SoakJob job) {
    this.lane = lane;
    this.name = name;
    this.job = job;
    this.uid = lane.get(name).getMetadata().getUid().substring(0, 8);
  }

  static SoakObject create(Lane lane, String name, String job) {
    SoakJob wanted = SoakJob.valueOf(job);
    wanted.create(lane, name);
    return new SoakObject(lane, name, wanted);
  }

  String name() {
    return name;
  }

  SoakJob job() {
    return job;
  }

  /** Shortened, as in the names of its clusters. */
  String uid() {
    return uid;
  }

  /**
   * Asks by annotation.
   *
   * @param value another one for each request
   */
  void request(Kind kind, int value) {
    requests.put(kind, "" + value);
    reruns += kind == Kind.RERUN ? 1 : 0;
    lane.patch(
        name,
        "{\"metadata\": {\"annotations\": {\"finance.emr-operator.dev/%s-requested-at\": \"%d\"}}}"
            .formatted(key(kind), value));
  }

  /** True when nothing more is to come: a final phase, no cluster, and every request heard. */
  boolean isSettled() {
    GenericKubernetesResource seen = lane.get(name);
    boolean current =
        ("" + seen.getMetadata().getGeneration()).equals(lane.status(name, "observedGeneration"));
    boolean heard =
        requests.entrySet().stream()
            .allMatch(
                request ->
                    request
                        .getValue()
                        .equals(lane.status(name, "handledRequests", key(request.getKey()))));
    boolean clusterIsGone =
        lane.status(name, "cluster", "id").isEmpty()
            || !lane.status(name, "cluster", "endedAt").isEmpty();
    boolean is = List.of("Succeeded", "Failed").contains(phase()) && current && heard;
    if (is && clusterIsGone && settled == 0) {
      settled = System.currentTimeMillis();
    }
    return is && clusterIsGone;
  }

  /** True when it has come to an end, and nothing but the weather held it up. */
  boolean behaved() {
    return behaved;
  }

  /** True when it behaved, and its deadline came first. */
  boolean isLate() {
    return late;
  }

  /** What is wrong with its end; it is asked once, when the end has come. */
  List<Broken> wrong() {
    List<String> wrong = new ArrayList<>();
    if (!isSettled()) {
      wrong.add("it has not come to its end: " + lane.get(name));
    } else {
      behaved = job.behaves() && !requests.containsKey(Kind.CANCEL);
      if (phase().equals("Succeeded")) {
        Results results = new Results(lane, name);
        ANALYSES.forEach(analysis -> wrong.addAll(results.wrong(analysis, 1 + reruns)));
      } else if (behaved) {
        late = DEADLINES.contains(lane.status(name, "outcome", "reason"));
        if (!late) {
          wrong.add("it behaves, and has failed: " + lane.get(name));
        }
      }
    }
    return wrong.stream().map(what -> new Broken(uid, what)).toList();
  }

  /**
   * Seconds until it came to its end.
   *
   * @param clear since when nothing disturbed it, epoch milliseconds
   */
  double recovery(long clear) {
    return settled == 0 ? 0 : Math.max(0, settled - clear) / 1000.0;
  }

  private String phase() {
    return lane.status(name, "phase");
  }

  private static String key(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
