package dev.emroperator.finance.operator.reconciler;

import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.reconciler.steps.TerminateOnDelete;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Which changes of an object the operator must look at. Its own writes of status are not. */
public final class Changes {

  private static final String FINALIZER = FinancialAnalysis.FINALIZER;

  private Changes() {}

  public static boolean matter(FinancialAnalysis now, FinancialAnalysis before) {
    boolean spec =
        !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration());
    boolean deletion = now.isMarkedForDeletion() != before.isMarkedForDeletion();
    boolean wiped =
        now.statusOrEmpty().attempt() == null && before.statusOrEmpty().attempt() != null;
    // The framework's own first step, after which ours begin.
    boolean finalizer = now.hasFinalizer(FINALIZER) != before.hasFinalizer(FINALIZER);
    return spec
        || deletion
        || finalizer
        || wiped
        || annotations().anyMatch(name -> differs(name, now, before));
  }

  private static Stream<String> annotations() {
    return Stream.concat(
        Stream.of(Request.values()).map(Request::annotation), Stream.of(TerminateOnDelete.ABANDON));
  }

  private static boolean differs(
      String annotation, FinancialAnalysis now, FinancialAnalysis before) {
    return !Objects.equals(value(annotation, now), value(annotation, before));
  }

  private static String value(String annotation, FinancialAnalysis object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(annotation);
  }
}
