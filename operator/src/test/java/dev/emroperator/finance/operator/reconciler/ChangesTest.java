package dev.emroperator.finance.operator.reconciler;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.reconciler.steps.TerminateOnDelete;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChangesTest {

  private static final Attempt ATTEMPT = new Attempt(1, "a", null, "p", 0, null);

  private static FinancialAnalysis running() {
    FinancialAnalysis object = Samples.object();
    object.setStatus(FinancialAnalysisStatus.EMPTY.withAttempt(ATTEMPT));
    return object;
  }

  private static boolean matters(Consumer<FinancialAnalysis> change) {
    FinancialAnalysis now = running();
    change.accept(now);
    return Changes.matter(now, running());
  }

  @Test
  void whatUsersAndTheFrameworkChangeIsLookedAt() {
    assertTrue(matters(o -> o.getMetadata().setGeneration(2L)));
    assertTrue(matters(o -> o.addFinalizer(FinancialAnalysis.FINALIZER)));
    assertTrue(matters(o -> o.getMetadata().setDeletionTimestamp("2026-03-02T10:00:00Z")));
    assertTrue(matters(o -> o.setStatus(null)), "a status that was lost");
    for (Request request : Request.values()) {
      assertTrue(matters(o -> o.getMetadata().setAnnotations(Map.of(request.annotation(), "now"))));
    }
    assertTrue(
        matters(o -> o.getMetadata().setAnnotations(Map.of(TerminateOnDelete.ABANDON, "j-1"))));
  }

  @Test
  void ownWritesAndOthersAnnotationsAreNot() {
    assertFalse(matters(o -> o.setStatus(o.getStatus().withMessage("daily 41 %"))));
    assertFalse(matters(o -> o.getMetadata().setAnnotations(Map.of("note", "mine"))));
    assertFalse(matters(o -> o.getMetadata().setLabels(Map.of("team", "research"))));
  }
}
