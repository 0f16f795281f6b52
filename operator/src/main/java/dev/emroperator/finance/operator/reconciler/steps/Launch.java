package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.emr.ApiBudget;
import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.emr.JobFlow;
import dev.emroperator.finance.operator.logging.LogContext;
import dev.emroperator.finance.operator.plan.JobFlowPlan;
import dev.emroperator.finance.operator.plan.JobJar;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import dev.emroperator.finance.operator.s3.S3Uri;
import dev.emroperator.finance.operator.status.RunTransitions;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns an intent into exactly one cluster. RunJobFlow has no client token, so the request is sent
 * at most once for each intent, by the process that wrote it, soon after; whoever is not sure looks
 * for the cluster by its name instead of sending again.
 */
public final class Launch implements Step {

  private static final Logger LOG = LoggerFactory.getLogger(Launch.class);
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration AFTER_NOT_SENT = Duration.ofSeconds(1);

  private final Accounts accounts;
  private final JobJar jobJar;
  private final Plans plans;
  private final Claimant claimant;
  private final Timing timing;
  private final Transitions transitions;
  private final RunTransitions runs;
  private final LastRequests requests;
  private final Clock clock;

  /**
   * Intents whose request may have left this process, kept for as long as they could be sent: also
   * after a success, because its id may still fail to get into status. A restart changes the
   * claimant instead.
   */
  private final Set<Attempt> sent = ConcurrentHashMap.newKeySet();

  public Launch(
      Accounts accounts,
      JobJar jobJar,
      Plans plans,
      Claimant claimant,
      Timing timing,
      Transitions transitions,
      RunTransitions runs,
      LastRequests requests,
      Clock clock) {
    this.accounts = accounts;
    this.jobJar = jobJar;
    this.plans = plans;
    this.claimant = claimant;
    this.timing = timing;
    this.transitions = transitions;
    this.runs = runs;
    this.requests = requests;
    this.clock = clock;
  }

  @Override
  public Decision take(FinancialAnalysis object) {
    Account account = accounts.of(object.getSpec().environment());
    Attempt attempt = object.getStatus().attempt();
    return maySend(attempt) ? send(object, attempt, account) : settle(object, attempt, account);
  }

  private boolean maySend(Attempt attempt) {
    return claimant.process().equals(attempt.claimant())
        && !sent.contains(attempt)
        && isYoung(attempt);
  }

  private boolean isYoung(Attempt attempt) {
    return clock.instant().isBefore(attempt.intendedAt().plus(timing.sendWithin()));
  }

  private Decision send(FinancialAnalysis object, Attempt attempt, Account account) {
    S3Uri jar = jobJar.in(account);
    JobFlow request =
        JobFlowPlan.of(
            claimant.installation(),
            account.environment(),
            object,
            inputBytes(object, attempt, account),
            jar);
    // The upload may have taken long.
    if (!maySend(attempt)) {
      return Decision.lookAgain(AT_ONCE);
    }
    Optional<Interruption> unwanted = Interruption.wanted(object);
    if (unwanted.isPresent()) {
      return interrupted(object, unwanted.get());
    }
    sent.removeIf(old -> !isYoung(old));
    sent.add(attempt);
    requests.sent(object, attempt);
    try {
      String id = account.emr().runJobFlow(request);
      LogContext.found(id);
      LOG.info("{}: cluster {} requested as {}", object.qualifiedName(), id, attempt.name());
      return launched(object, account, id, "STARTING", clock.instant());
    } catch (ApiBudget.Spent e) {
      sent.remove(attempt);
      throw e;
    } catch (EmrException e) {
      return switch (e.kind()) {
        case REFUSED -> refused(object, e);
        case NOT_SENT -> {
          sent.remove(attempt);
          yield Decision.lookAgain(
              transitions.hindered(Reason.EMR_UNREACHABLE, e.getMessage()), AFTER_NOT_SENT);
        }
        case THROTTLED, UNKNOWN_OUTCOME ->
            Decision.lookAgain(
                transitions.hindered(
                    Reason.OUTCOME_UNKNOWN,
                    "EMR gave no clear answer, looking whether there is a cluster: "
                        + e.getMessage()),
                timing.sweepInterval());
      };
    }
  }

  private long inputBytes(FinancialAnalysis object, Attempt attempt, Account account) {
    return plans.read(object, account, attempt.number()).map(Run::inputBytes).orElse(0L);
  }

  private Decision settle(FinancialAnalysis object, Attempt attempt, Account account) {
    Instant settled = attempt.intendedAt().plus(timing.settleWithin());
    boolean unsettled = clock.instant().isBefore(settled);
    List<ClusterSummary> found =
        NamedClusters.of(
            account.sweep(),
            attempt.name(),
            attempt.intendedAt(),
            unsettled ? attempt.intendedAt() : settled);
    if (!found.isEmpty()) {
      ClusterSummary oldest = found.get(0);
      NamedClusters.terminateLive(account.emr(), found.subList(1, found.size()));
      LogContext.found(oldest.id());
      LOG.info("{}: adopted cluster {}", object.qualifiedName(), oldest.id());
      return launched(object, account, oldest.id(), oldest.state(), oldest.createdAt());
    }
    if (unsettled) {
      return Decision.lookAgain(timing.sweepInterval());
    }
    Optional<Interruption> unwanted = Interruption.wanted(object);
    if (unwanted.isPresent()) {
      return interrupted(object, unwanted.get());
    }
    Duration turn = account.emr().reserveTurn(attempt.name());
    if (!turn.isZero()) {
      return Decision.lookAgain(turn);
    }
    Attempt again =
        attempt
            .withIntendedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .withClaimant(claimant.process());
    return Decision.lookAgain(transitions.reclaimed(attempt, again), AT_ONCE);
  }

  private Decision launched(
      FinancialAnalysis object, Account account, String id, String state, Instant createdAt) {
    return Decision.lookAgain(
        transitions.launched(
            object.getStatus().attempt(),
            Clusters.described(
                object.getStatus().attempt().name(), account.environment(), id, state, createdAt)),
        timing.sweepInterval());
  }

  /** No cluster was made, and none is wanted any more. */
  private Decision interrupted(FinancialAnalysis object, Interruption why) {
    List<FinancialAnalysisStatus.Step> steps = object.getStatus().steps();
    int finished = (int) steps.stream().filter(step -> step.output() != null).count();
    Outcome outcome =
        why.outcome(clock.instant().truncatedTo(ChronoUnit.SECONDS), finished, steps.size());
    return Decision.lookAgain(
        runs.interrupted(why.request(), outcome, steps, object.getStatus().outputs()), AT_ONCE);
  }

  private Decision refused(FinancialAnalysis object, EmrException e) {
    Outcome outcome =
        new Outcome(
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            false,
            Reason.REQUEST_REFUSED,
            "EMR refused the cluster: "
                + e.getMessage()
                + "; correct the environment or the spec, then ask again with the annotation "
                + Request.RETRY.annotation());
    return Decision.lookAgain(
        transitions.concluded(outcome, null, object.getStatus().steps(), List.of()), AT_ONCE);
  }
}
