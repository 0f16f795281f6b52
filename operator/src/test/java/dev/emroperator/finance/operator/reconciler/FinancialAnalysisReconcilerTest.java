package dev.emroperator.finance.operator.reconciler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.ManualClock;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.emr.ApiBudget;
import dev.emroperator.finance.operator.emr.Operation;
import dev.emroperator.finance.operator.status.Transition;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FinancialAnalysisReconcilerTest {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private final ManualClock clock = new ManualClock();

  /** Every step finds the budget spent; nothing can write status, so an attempt to would fail. */
  private FinancialAnalysisReconciler reconciler() {
    ApiBudget budget = new ApiBudget(0.8, clock);
    return reconciler(() -> budget.throttled(Operation.DESCRIBE_CLUSTER));
  }

  private FinancialAnalysisReconciler reconciler(Supplier<RuntimeException> failure) {
    Step step =
        object -> {
          throw failure.get();
        };
    return new FinancialAnalysisReconciler(
        new Way(
            step, step, step, step, step, step, step, step, step, step, step, step, step, step,
            step),
        object -> {
          throw failure.get();
        },
        null,
        new Neighbours(),
        LOOK_AGAIN,
        clock);
  }

  @Test
  void aThrottledCallIsMadeLaterWithoutAWord() {
    var control = reconciler().reconcile(Samples.object(), null);
    assertTrue(control.isNoUpdate());
    assertEquals(1250, control.getScheduleDelay().orElseThrow());
  }

  @Test
  void aThrottledEndKeepsTheFinalizerAndIsAskedForLater() {
    var control = reconciler().cleanup(Samples.object(), null);
    assertFalse(control.isRemoveFinalizer());
    assertEquals(1250, control.getScheduleDelay().orElseThrow());
  }

  @Test
  void aConflictWhoseNewerObjectDoesNotComeIsNoDefectAndIsLookedAtAgain() {
    var control =
        reconciler(() -> new Transition.Overtaken("Timeout of resource polling from cache"))
            .reconcile(Samples.object(), null);
    assertTrue(control.isNoUpdate());
    assertTrue(control.getScheduleDelay().isPresent());
  }
}
