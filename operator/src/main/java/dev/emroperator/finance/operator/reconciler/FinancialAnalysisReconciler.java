package dev.emroperator.finance.operator.reconciler;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.emr.ApiBudget;
import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.logging.LogContext;
import dev.emroperator.finance.operator.reconciler.Decision.Next;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.status.RunTransitions;
import dev.emroperator.finance.operator.status.Transition;
import dev.emroperator.finance.operator.status.Transitions;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves an analysis along its way: picks the steps for where it stands, takes them, and writes
 * status after each, so that the intent is written before the action and its result before the
 * next.
 */
@ControllerConfiguration(finalizerName = FinancialAnalysis.FINALIZER)
public final class FinancialAnalysisReconciler
    implements Reconciler<FinancialAnalysis>, Cleaner<FinancialAnalysis> {

  private static final Logger LOG = LoggerFactory.getLogger(FinancialAnalysisReconciler.class);
  private static final Duration AFTER_OVERTAKEN = Duration.ofMillis(200);

  /** Writes a change of status, and returns the object as it is then. */
  @FunctionalInterface
  public interface StatusWrite {
    FinancialAnalysis write(
        FinancialAnalysis object, Transition transition, Context<FinancialAnalysis> context);
  }

  private final Way way;
  private final Deletion deletion;
  private final StatusWrite status;
  private final Transitions transitions;
  private final RunTransitions runs;
  private final Neighbours neighbours;
  private final Duration lookAgain;
  private final Clock clock;

  public FinancialAnalysisReconciler(
      Way way,
      Deletion deletion,
      StatusWrite status,
      Neighbours neighbours,
      Duration lookAgain,
      Clock clock) {
    this.way = way;
    this.deletion = deletion;
    this.status = status;
    this.transitions = new Transitions(clock);
    this.runs = new RunTransitions(clock);
    this.neighbours = neighbours;
    this.lookAgain = lookAgain;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, FinancialAnalysis>> prepareEventSources(
      EventSourceContext<FinancialAnalysis> context) {
    neighbours.are(context.getPrimaryCache());
    return List.of();
  }

  @Override
  public UpdateControl<FinancialAnalysis> reconcile(
      FinancialAnalysis object, Context<FinancialAnalysis> context) {
    try (LogContext lines = LogContext.of(object)) {
      return takeSteps(object, context, lines);
    }
  }

  private UpdateControl<FinancialAnalysis> takeSteps(
      FinancialAnalysis object, Context<FinancialAnalysis> context, LogContext lines) {
    FinancialAnalysis current = object;
    try {
      for (Step step : way.stepsFor(object)) {
        Decision decision = step.take(current);
        if (decision.transition() != null) {
          current = status.write(current, decision.transition(), context);
          lines.now(current);
        }
        if (decision.next() instanceof Next.LookAgain again) {
          return UpdateControl.<FinancialAnalysis>noUpdate().rescheduleAfter(again.after());
        }
        if (decision.next() instanceof Next.Rest) {
          return UpdateControl.noUpdate();
        }
      }
      return UpdateControl.noUpdate();
    } catch (Transition.Overtaken e) {
      LOG.info("{}: {}; looking again", object.qualifiedName(), e.getMessage());
      return UpdateControl.<FinancialAnalysis>noUpdate().rescheduleAfter(AFTER_OVERTAKEN);
    } catch (ApiBudget.Spent e) {
      return UpdateControl.<FinancialAnalysis>noUpdate().rescheduleAfter(e.after());
    } catch (EmrException | ObjectStoreException | IllegalStateException e) {
      LOG.warn("{}: {}; trying again", object.qualifiedName(), e.getMessage());
      status.write(current, transitions.hindered(Reason.HINDERED, e.getMessage()), context);
      return UpdateControl.<FinancialAnalysis>noUpdate().rescheduleAfter(lookAgain);
    } catch (KubernetesClientException e) {
      // The API server is asked again by the framework, with its own backoff.
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{}: a defect of the operator", object.qualifiedName(), e);
      status.write(current, transitions.hindered(Reason.INTERNAL_ERROR, e.toString()), context);
      return UpdateControl.<FinancialAnalysis>noUpdate().rescheduleAfter(lookAgain);
    }
  }

  /** Never throws: an exception here would leave a cluster running and the object undeletable. */
  @Override
  public DeleteControl cleanup(FinancialAnalysis object, Context<FinancialAnalysis> context) {
    try (LogContext lines = LogContext.of(object)) {
      Optional<String> waiting = deletion.waitsFor(object);
      if (waiting.isEmpty()) {
        return DeleteControl.defaultDelete();
      }
      status.write(object, runs.deleting(Reason.DELETING, waiting.get()), context);
      return comeBack(lookAgain);
    } catch (ApiBudget.Spent e) {
      return comeBack(e.after());
    } catch (Deletion.Blocked e) {
      LOG.warn("{} can't go yet: {}", object.qualifiedName(), e.getMessage());
      return blocked(object, e, context);
    } catch (RuntimeException e) {
      LOG.warn("{} can't go yet", object.qualifiedName(), e);
      return comeBack(lookAgain);
    }
  }

  private DeleteControl blocked(
      FinancialAnalysis object, Deletion.Blocked e, Context<FinancialAnalysis> context) {
    try {
      status.write(object, runs.deleting(Reason.DELETION_BLOCKED, e.getMessage()), context);
    } catch (RuntimeException again) {
      LOG.warn("{}: can't write why: {}", object.qualifiedName(), again.getMessage());
    }
    return comeBack(Backoff.since(object.getMetadata().getDeletionTimestamp(), lookAgain, clock));
  }

  private static DeleteControl comeBack(Duration after) {
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(after.toMillis());
  }
}
