package dev.emroperator.finance.operator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Samples;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopiesTest {

  private final KubernetesSerialization json = new KubernetesSerialization();
  private final Copies copies = new Copies(json);

  private static FinancialAnalysis known() {
    FinancialAnalysis object = Samples.object();
    object.getMetadata().setFinalizers(List.of(FinancialAnalysis.FINALIZER));
    object.getMetadata().setAnnotations(new HashMap<>(Map.of("a", "b")));
    object.setStatus(FinancialAnalysisStatus.EMPTY.withMessage("it waits"));
    return object;
  }

  @Test
  void aCopySaysWhatTheObjectSays() {
    FinancialAnalysis object = known();
    assertEquals(json.asJson(object), json.asJson(copies.clone(object)));
    FinancialAnalysis empty = new FinancialAnalysis();
    assertEquals(json.asJson(empty), json.asJson(copies.clone(empty)));
  }

  @Test
  void whatIsDoneToACopyIsNotDoneToTheObject() {
    FinancialAnalysis object = known();
    FinancialAnalysis copy = copies.clone(object);
    copy.addFinalizer("other.dev/x");
    copy.getMetadata().getAnnotations().put("a", "c");
    copy.setStatus(null);
    assertEquals(List.of(FinancialAnalysis.FINALIZER), object.getFinalizers());
    assertEquals(Map.of("a", "b"), object.getMetadata().getAnnotations());
    assertEquals("it waits", object.getStatus().message());
  }

  @Test
  void otherKindsAreCopiedToo() {
    Lease lease = new LeaseBuilder().withNewMetadata().withName("x").endMetadata().build();
    Lease copy = copies.clone(lease);
    assertNotSame(lease, copy);
    assertTrue(copy.equals(lease));
  }
}
