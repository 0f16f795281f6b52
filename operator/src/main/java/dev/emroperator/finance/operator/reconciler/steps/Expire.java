package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.Condition;
import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.reconciler.Decision;
import dev.emroperator.finance.operator.reconciler.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deletes an object that has been done for as long as its user wants to see it. One that a GitOps
 * tool tracks stays: the tool would make it again, and it would be paid again.
 *
 * @param delete deletes just this version of just this object
 */
public record Expire(Consumer<FinancialAnalysis> delete, Clock clock) implements Step {

  private static final Set<String> TRACKING =
      Set.of(
          // Argo CD, by annotation and by both of its labels; Helm sets the last one, too.
          "argocd.argoproj.io/tracking-id",
          "argocd.argoproj.io/instance",
          "app.kubernetes.io/instance",
          "meta.helm.sh/release-name",
          // Flux.
          "kustomize.toolkit.fluxcd.io/name",
          "helm.toolkit.fluxcd.io/name");

  @Override
  public Decision take(FinancialAnalysis object) {
    String span = object.getSpec().ttlAfterFinished();
    if (span == null || isTracked(object)) {
      return Decision.rest();
    }
    Instant due = doneSince(object).plus(TimeSpan.parse(span));
    Duration wait = Duration.between(clock.instant(), due);
    if (wait.compareTo(Duration.ZERO) > 0) {
      return Decision.lookAgain(wait);
    }
    delete.accept(object);
    return Decision.rest();
  }

  private static boolean isTracked(FinancialAnalysis object) {
    return holdsAny(object.getMetadata().getAnnotations())
        || holdsAny(object.getMetadata().getLabels());
  }

  private static boolean holdsAny(Map<String, String> metadata) {
    return metadata != null && metadata.keySet().stream().anyMatch(TRACKING::contains);
  }

  private Instant doneSince(FinancialAnalysis object) {
    return object.getStatus().conditions().stream()
        .map(Condition::lastTransitionTime)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElseGet(clock::instant);
  }
}
