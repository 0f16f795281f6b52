package dev.emroperator.finance.operator.status;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.events.PhaseEvents;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.util.function.BiConsumer;

/**
 * The one place that writes status: only when something changed, and so that the next look sees it.
 */
public final class StatusWriter {

  private final PhaseEvents events;
  private final BiConsumer<FinancialAnalysisStatus, FinancialAnalysis> watcher;

  /**
   * Writes nothing yet.
   *
   * @param watcher is told of each change: the status before it, and the object after it
   */
  public StatusWriter(
      PhaseEvents events, BiConsumer<FinancialAnalysisStatus, FinancialAnalysis> watcher) {
    this.events = events;
    this.watcher = watcher;
  }

  /**
   * Applies a transition to the object as the API server has it.
   *
   * @return the object with its new status
   */
  public FinancialAnalysis write(
      FinancialAnalysis object, Transition transition, Context<FinancialAnalysis> context) {
    FinancialAnalysisStatus before = object.statusOrEmpty();
    if (transition.apply(object).equals(before)) {
      return object;
    }
    FinancialAnalysis written = patched(object, transition, context);
    watcher.accept(before, written);
    Phase phase = written.statusOrEmpty().phase();
    if (phase != before.phase()) {
      events.phaseChanged(written);
    }
    return written;
  }

  private static FinancialAnalysis patched(
      FinancialAnalysis object, Transition transition, Context<FinancialAnalysis> context) {
    try {
      return PrimaryUpdateAndCacheUtils.patchStatusAndCacheResource(
          object,
          context,
          live -> {
            live.setStatus(transition.apply(live));
            return live;
          });
    } catch (OperatorException e) {
      // A conflict, and the newer object does not come by the watch. Nothing was written.
      throw new Transition.Overtaken(e.getMessage());
    }
  }
}
