package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.PastAttempt;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.status.RunTransitions;
import dev.emroperator.finance.operator.status.Transition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Before the first attempt of an object that isn't new: a status can be lost, by a restored backup
 * or a wrong hand, while the cluster goes on. A live one is taken for the current attempt; the
 * number of one that has ended is not used again.
 */
public record Recover(
    Accounts accounts,
    Claimant claimant,
    Plans plans,
    Timing timing,
    RunTransitions transitions,
    LastRequests requests,
    Clock clock)
    implements Step {

  private static final Duration NEW = Duration.ofMinutes(1);

  /** Clocks differ between here and the API server. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  @Override
  public Decision take(FinancialAnalysis object) {
    Instant began = requests.began(clock.instant());
    Optional<Account> known = accounts.find(object.getSpec().environment());
    if (known.isEmpty() || !mayHaveLostItsStatus(object, known.get(), began)) {
      return Decision.proceed();
    }
    Account account = known.get();
    List<ClusterSummary> found = clusters(object, account);
    if (found.isEmpty() && !isSettled(object)) {
      return Decision.lookAgain(timing.sweepInterval());
    }
    if (found.isEmpty()) {
      requests.noneOfOthers(object);
      return Decision.proceed();
    }
    ClusterSummary latest = found.get(0);
    boolean othersGone = NamedClusters.terminateLive(account.emr(), found.subList(1, found.size()));
    if (latest.knownState().hasEnded() && othersGone) {
      return Decision.proceed(transitions.remembered(lost(latest)));
    }
    if (latest.knownState().isLeaving()) {
      return Decision.lookAgain(timing.sweepInterval());
    }
    int number = NamedClusters.number(claimant.installation(), latest);
    if (Interruption.wanted(object).isPresent()) {
      // A bucket that can't be read must not keep a cluster alive.
      account.emr().terminateJobFlows(List.of(latest.id()));
      return Decision.lookAgain(timing.sweepInterval());
    }
    Optional<Plan> plan =
        plans.read(object, account, number).filter(p -> Run.isAskedFor(p, object.getSpec()));
    if (plan.isEmpty()) {
      account.emr().terminateJobFlows(List.of(latest.id()));
      return Decision.lookAgain(timing.sweepInterval());
    }
    return Decision.lookAgain(recovered(object, account, latest, plan.get()), AT_ONCE);
  }

  private List<ClusterSummary> clusters(FinancialAnalysis object, Account account) {
    return NamedClusters.ofObject(
        account.sweep(),
        claimant.installation(),
        object,
        Instant.parse(object.getMetadata().getCreationTimestamp()),
        asOf(object));
  }

  /**
   * A time that stands still, since a list of many pages is never quite new: before it every
   * request was sent that can matter, or, once settled, would show if it has led to a cluster.
   */
  private Instant asOf(FinancialAnalysis object) {
    return isSettled(object) ? settled(object) : sent(object);
  }

  private boolean isSettled(FinancialAnalysis object) {
    return !clock.instant().isBefore(settled(object));
  }

  private Instant settled(FinancialAnalysis object) {
    return sent(object).plus(timing.settleWithin());
  }

  /** The latest time at which a request was sent that status knows nothing of. */
  private Instant sent(FinancialAnalysis object) {
    return requests
        .lost(object)
        .map(Attempt::intendedAt)
        .orElseGet(() -> requests.began(clock.instant()));
  }

  /**
   * No operator has ever written to it, though it was there before this one, or hardly later; or a
   * cluster of it lives, whatever its status says. For an object that came later nobody else has
   * asked, however long it had to wait.
   */
  private boolean mayHaveLostItsStatus(FinancialAnalysis object, Account account, Instant began) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    boolean untouched = status.observedGeneration() == null || status.observedGeneration() < 0;
    Instant created = Instant.parse(object.getMetadata().getCreationTimestamp());
    return requests.lost(object).isPresent()
        || untouched
            && !requests.areKnown(object)
            && clock.instant().isAfter(created.plus(NEW))
            && created.isBefore(began.plus(CLOCK_SKEW))
        || account.sweep().live().stream()
            .anyMatch(c -> NamedClusters.isOf(object, claimant.installation(), c));
  }

  private Transition recovered(
      FinancialAnalysis object, Account account, ClusterSummary cluster, Plan plan) {
    Instant asked = cluster.createdAt().truncatedTo(ChronoUnit.MILLIS);
    Attempt attempt =
        claimant
            .attempt(object, NamedClusters.number(claimant.installation(), cluster), 0, asked)
            .withDeadline(Instant.parse(plan.deadline()));
    return transitions.recovered(
        plan,
        Run.steps(plan),
        attempt,
        Clusters.described(
            attempt.name(),
            account.environment(),
            cluster.id(),
            cluster.state(),
            cluster.createdAt()));
  }

  private PastAttempt lost(ClusterSummary cluster) {
    return new PastAttempt(
        NamedClusters.number(claimant.installation(), cluster),
        cluster.id(),
        cluster.createdAt(),
        cluster.endedAt(),
        cluster.subnet(),
        Reason.STATUS_LOST,
        "the status was lost while this attempt ran; what it has finished is taken");
  }
}
