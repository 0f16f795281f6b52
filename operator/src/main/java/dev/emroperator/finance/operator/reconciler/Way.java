package dev.emroperator.finance.operator.reconciler;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.reconciler.steps.Renew;
import dev.emroperator.finance.operator.reconciler.steps.Retries;
import java.util.List;
import java.util.stream.Stream;

/**
 * The steps on the way of an analysis, in their order, and which of them an object stands before.
 */
public record Way(
    Step hold,
    Step validate,
    Step recover,
    Step admit,
    Step claim,
    Step launch,
    Step heed,
    Step extend,
    Step observe,
    Step collect,
    Step retire,
    Step claimAgain,
    Step renew,
    Step explain,
    Step expire) {

  /** What is to be done for an object, until a step says that it has to wait. */
  public List<Step> stepsFor(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    boolean isFinal = status.phase() != null && status.phase().isFinal();
    // A final phase that does not tell how an attempt ended, as of a wrong hand, is none.
    if (isFinal && (status.attempt() == null || status.outcome() != null)) {
      return afterTheEnd(object);
    }
    if (status.attempt() == null) {
      return beginning();
    }
    if (status.outcome() != null) {
      return concat(List.of(heed, retire), again());
    }
    return status.cluster() == null
        ? List.of(launch)
        : concat(List.of(heed, extend, observe, collect, retire), again());
  }

  private List<Step> afterTheEnd(FinancialAnalysis object) {
    boolean hadCluster = object.getStatus().attempt() != null;
    List<Step> end = hadCluster ? List.of(heed, retire) : List.of(heed);
    if (Renew.isDue(object)) {
      return concat(end, concat(List.of(renew), beginning()));
    }
    if (hadCluster && Retries.next(object).isPresent()) {
      return concat(end, again());
    }
    return concat(end, hadCluster ? List.of(explain, expire) : List.of(expire));
  }

  private List<Step> beginning() {
    return List.of(recover, hold, validate, admit, claim, launch);
  }

  private List<Step> again() {
    return List.of(admit, claimAgain, launch);
  }

  private static List<Step> concat(List<Step> first, List<Step> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }
}
