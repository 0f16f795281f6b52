package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.status.RunTransitions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets no more runs of a namespace go at a time than its environment allows; the oldest object goes
 * first. Who runs and who waits is read from the objects, so a restart changes no place.
 */
public final class Admit implements Step {

  private static final Comparator<FinancialAnalysis> OLDEST_FIRST =
      Comparator.comparing((FinancialAnalysis o) -> o.getMetadata().getCreationTimestamp())
          .thenComparing(o -> o.getMetadata().getUid());

  private final Accounts accounts;
  private final Function<String, Stream<FinancialAnalysis>> objectsOf;
  private final Timing timing;
  private final RunTransitions transitions;

  /** Let go by this process, and not yet seen to run; by namespace and environment. */
  private final Map<List<String>, Set<String>> letGo = new HashMap<>();

  /**
   * Reads the objects anew on each call.
   *
   * @param objectsOf all objects of a namespace
   */
  public Admit(
      Accounts accounts,
      Function<String, Stream<FinancialAnalysis>> objectsOf,
      Timing timing,
      RunTransitions transitions) {
    this.accounts = accounts;
    this.objectsOf = objectsOf;
    this.timing = timing;
    this.transitions = transitions;
  }

  @Override
  public synchronized Decision take(FinancialAnalysis object) {
    String environment = object.getSpec().environment();
    Integer most = accounts.of(environment).environment().fence().maximumRuns();
    if (most == null || isActive(object)) {
      return Decision.proceed();
    }
    String uid = object.getMetadata().getUid();
    String namespace = object.getMetadata().getNamespace();
    List<FinancialAnalysis> others =
        objectsOf
            .apply(namespace)
            .filter(o -> o.getSpec() != null && environment.equals(o.getSpec().environment()))
            .filter(other -> !uid.equals(other.getMetadata().getUid()))
            .toList();
    Set<String> admitted =
        letGo.computeIfAbsent(List.of(namespace, environment), key -> new HashSet<>());
    Set<String> waiting =
        others.stream()
            .filter(Admit::isWaiting)
            .map(other -> other.getMetadata().getUid())
            .collect(Collectors.toSet());
    admitted.removeIf(other -> !other.equals(uid) && !waiting.contains(other));
    long active =
        others.stream()
            .filter(o -> isActive(o) || admitted.contains(o.getMetadata().getUid()))
            .count();
    long ahead =
        others.stream()
            .filter(o -> waiting.contains(o.getMetadata().getUid()))
            .filter(o -> !admitted.contains(o.getMetadata().getUid()))
            .filter(o -> OLDEST_FIRST.compare(o, object) < 0)
            .count();
    if (admitted.contains(uid) || active + ahead < most) {
      admitted.add(uid);
      return Decision.proceed();
    }
    return Decision.lookAgain(
        transitions.queued(
            object,
            "number %d in the queue of namespace '%s': %d run, and environment '%s' allows %d at a time"
                .formatted(ahead + 1, namespace, active, environment, most)),
        timing.sweepInterval());
  }

  /** Has, or is about to have, a cluster; also between two attempts. */
  private static boolean isActive(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    return status.attempt() != null
        && !(status.phase() != null && status.phase().isFinal())
        && !rests(status);
  }

  /** Would have a cluster if it might. */
  private static boolean isWaiting(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    boolean done = status.phase() != null && status.phase().isFinal();
    return !done
        && !object.isMarkedForDeletion()
        && !object.getSpec().suspend()
        && (status.attempt() == null || rests(status));
  }

  private static boolean rests(FinancialAnalysisStatus status) {
    boolean gone = status.cluster() == null || status.cluster().endedAt() != null;
    return gone && (status.phase() == Phase.SUSPENDED || Interruption.isResting(status));
  }
}
