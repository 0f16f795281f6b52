package dev.emroperator.finance.operator.metrics;

import dev.emroperator.finance.api.Cluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.reconciler.Deletion;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What becomes of runs, told from each change of status. All meters begin at 0, since Prometheus
 * doesn't see an increase to the first value; none bears the name of an object.
 */
public final class RunMetrics {

  /** Those that an object leaves by itself, in which time goes by. */
  private static final List<Phase> TIMED =
      List.of(Phase.PENDING, Phase.PROVISIONING, Phase.RUNNING, Phase.FINISHING);

  private static final Duration[] BUCKETS = {
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(10),
    Duration.ofMinutes(20),
    Duration.ofMinutes(30),
    Duration.ofHours(1),
    Duration.ofHours(2),
    Duration.ofHours(4),
    Duration.ofHours(8),
    Duration.ofDays(1)
  };

  /** Cause of a first attempt. */
  private static final String NEW = "New";

  /** By which a user ends a run. */
  private static final Set<Reason> WANTED = EnumSet.of(Reason.CANCELLED, Reason.SUSPENDED);

  /** For so long an old state of an object is looked out for. */
  private static final Duration SHOWN_AGAIN = Duration.ofDays(1);

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<Phase, Timer> timers = new EnumMap<>(Phase.class);

  /** Since when the job runs, by uid: no status bears it. */
  private final Map<String, Instant> running = new ConcurrentHashMap<>();

  /** Clusters that were counted, and when: an object may be shown once more as it was before. */
  private final Map<String, Instant> counted = new ConcurrentHashMap<>();

  public RunMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    TIMED.forEach(phase -> timers.put(phase, timer(phase)));
    CountedReasons.SUCCEEDED.forEach(reason -> outcomes(Phase.SUCCEEDED, reason));
    CountedReasons.FAILED.forEach(reason -> outcomes(Phase.FAILED, reason));
    attempts(NEW);
    attempts(Reason.SUSPENDED.code());
    CountedReasons.FAILED.forEach(reason -> attempts(reason.code()));
    for (String outcome : List.of("succeeded", "failed", "stopped", "deleted")) {
      unitSeconds("core", outcome);
      unitSeconds("task", outcome);
    }
  }

  /** Counts what the change of an object's status tells. */
  public void written(FinancialAnalysisStatus before, FinancialAnalysis object) {
    FinancialAnalysisStatus after = object.statusOrEmpty();
    countAttempt(before, after);
    countCluster(before.cluster(), object);
    Phase left = PhaseStart.phase(before);
    Phase entered = PhaseStart.phase(after);
    if (left == entered) {
      return;
    }
    String uid = object.getMetadata().getUid();
    Instant ran = running.remove(uid);
    Optional<Instant> since =
        left == Phase.RUNNING
            ? Optional.ofNullable(ran)
            : PhaseStart.of(object.getMetadata(), before);
    since.ifPresent(start -> timers.get(left).record(Duration.between(start, clock.instant())));
    if (entered == Phase.RUNNING) {
      running.put(uid, clock.instant());
    }
    if (entered.isFinal()) {
      Set<Reason> reasons =
          entered == Phase.SUCCEEDED ? CountedReasons.SUCCEEDED : CountedReasons.FAILED;
      outcomes(entered, CountedReasons.among(reasons, CountedReasons.of(after))).increment();
    }
  }

  /** The same, which also counts the cluster that goes with its object. */
  public Deletion watching(Deletion deletion) {
    return object -> {
      Optional<String> waiting = deletion.waitsFor(object);
      if (waiting.isEmpty()) {
        gone(object);
      }
      return waiting;
    };
  }

  private void gone(FinancialAnalysis object) {
    String uid = object.getMetadata().getUid();
    running.remove(uid);
    EmrCluster cluster = object.statusOrEmpty().cluster();
    if (cluster != null && cluster.startedAt() != null && cluster.endedAt() == null) {
      count(object, cluster, clock.instant(), "deleted");
    }
  }

  /** An attempt that was found again has its cluster from the beginning, and was counted before. */
  private void countAttempt(FinancialAnalysisStatus before, FinancialAnalysisStatus after) {
    boolean isNew =
        after.attempt() != null
            && after.cluster() == null
            && (before.attempt() == null
                || !Objects.equals(before.attempt().number(), after.attempt().number()));
    if (isNew) {
      attempts(cause(before.outcome())).increment();
    }
  }

  private static String cause(Outcome ofTheOneBefore) {
    if (ofTheOneBefore == null) {
      return NEW;
    }
    Reason reason = ofTheOneBefore.reason();
    return reason == Reason.SUSPENDED
        ? reason.code()
        : CountedReasons.among(CountedReasons.FAILED, reason).code();
  }

  private void countCluster(EmrCluster before, FinancialAnalysis object) {
    EmrCluster cluster = object.statusOrEmpty().cluster();
    if (cluster == null || cluster.startedAt() == null || cluster.endedAt() == null) {
      return;
    }
    boolean isKnown =
        before != null && before.endedAt() != null && Objects.equals(before.id(), cluster.id());
    if (!isKnown) {
      count(object, cluster, cluster.endedAt(), outcome(object.statusOrEmpty().outcome()));
    }
  }

  private static String outcome(Outcome outcome) {
    if (outcome != null && Boolean.TRUE.equals(outcome.succeeded())) {
      return "succeeded";
    }
    return outcome != null && WANTED.contains(outcome.reason()) ? "stopped" : "failed";
  }

  private void count(FinancialAnalysis object, EmrCluster cluster, Instant end, String outcome) {
    Instant now = clock.instant();
    counted.values().removeIf(when -> when.isBefore(now.minus(SHOWN_AGAIN)));
    String key = object.getMetadata().getUid() + "/" + cluster.id();
    if (object.getSpec() == null || counted.putIfAbsent(key, now) != null) {
      return;
    }
    Cluster asked = object.getSpec().cluster();
    double seconds = Math.max(0, Duration.between(cluster.startedAt(), end).toMillis() / 1000.0);
    unitSeconds("core", outcome).increment(seconds * asked.core().capacity());
    unitSeconds("task", outcome).increment(seconds * asked.task().spotCapacity());
  }

  private Timer timer(Phase phase) {
    return Timer.builder("emr.operator.time.in.phase")
        .description("Time that an object was in a phase, known when it leaves it")
        .tag("phase", ObjectMetrics.written(phase))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter outcomes(Phase phase, Reason reason) {
    return Counter.builder("emr.operator.outcomes")
        .description("Runs that ended, by what the conditions say then")
        .tag("phase", ObjectMetrics.written(phase))
        .tag("reason", reason.code())
        .register(registry);
  }

  private Counter attempts(String cause) {
    return Counter.builder("emr.operator.attempts")
        .description("Intents to ask for a cluster, by how the attempt before ended; New: none was")
        .tag("cause", cause)
        .register(registry);
  }

  private Counter unitSeconds(String fleet, String outcome) {
    return Counter.builder("emr.operator.cluster.unit.seconds")
        .description("Lifetimes of ended clusters, times the units that the spec asks for")
        .tag("fleet", fleet)
        .tag("outcome", outcome)
        .register(registry);
  }
}
