package dev.emroperator.finance.operator.reconciler;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.emr.ApiBudget;
import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.reconciler.Decision.Next;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import dev.emroperator.finance.operator.status.StatusWriter;
import dev.emroperator.finance.operator.status.Transition;
import dev.emroperator.finance.operator.status.Transitions;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

  private final Way way;
  private final Deletion deletion;
  private final StatusWriter status;
  private final Transitions transitions;
  private final Duration lookAgain;

  public FinancialAnalysisReconciler(
      Way way,
      Deletion deletion,
      StatusWriter status,
      Transitions transitions,
      Duration lookAgain) {
    this.way = way;
    this.deletion = deletion;
    this.status = status;
    this.transitions = transitions;
    this.lookAgain = lookAgain;
  }

  @Override
  public UpdateControl<FinancialAnalysis> reconcile(
      FinancialAnalysis object, Context<FinancialAnalysis> context) {
    FinancialAnalysis current = object;
    try {
      for (Step step : stepsFor(object)) {
        Decision decision = step.take(current);
        if (decision.transition() != null) {
          current = status.write(current, decision.transition(), context);
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
      status.write(current, transitions.hindered("Hindered", e.getMessage()), context);
      return UpdateControl.<FinancialAnalysis>noUpdate().rescheduleAfter(lookAgain);
    }
  }

  private List<Step> stepsFor(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    if (status.attempt() == null) {
      boolean refused = status.phase() != null && status.phase().isFinal();
      boolean unchanged =
          Objects.equals(status.observedGeneration(), object.getMetadata().getGeneration());
      return refused && unchanged ? List.of() : List.of(way.validate(), way.claim(), way.launch());
    }
    if (status.outcome() != null) {
      return List.of(way.retire(), way.claimAgain(), way.launch());
    }
    return status.cluster() == null
        ? List.of(way.launch())
        : List.of(way.observe(), way.collect(), way.retire(), way.claimAgain(), way.launch());
  }

  /** Never throws: an exception here would leave a cluster running and the object undeletable. */
  @Override
  public DeleteControl cleanup(FinancialAnalysis object, Context<FinancialAnalysis> context) {
    try {
      return deletion.mayGo(object)
          ? DeleteControl.defaultDelete()
          : DeleteControl.noFinalizerRemoval().rescheduleAfter(lookAgain.toMillis());
    } catch (ApiBudget.Spent e) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(e.after().toMillis());
    } catch (RuntimeException e) {
      LOG.warn("{} can't go yet: {}", object.qualifiedName(), e.getMessage());
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(lookAgain.toMillis());
    }
  }
}
