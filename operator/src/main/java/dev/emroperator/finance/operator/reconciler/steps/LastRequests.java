package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Latest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What this process knows of the requests for an object, beside its status: a status that is lost
 * right after a request shows to nobody else, since EMR's lists are older than that.
 */
public final class LastRequests {

  private static final int KEPT = 10_000;

  /**
   * Of one object.
   *
   * @param sent the last request of this process, if any
   */
  private record Known(Optional<Attempt> sent) {}

  private final Map<String, Known> byUid = Latest.entries(KEPT);

  private Instant began;

  /**
   * When this process looked after objects for the first time: all requests of others were sent
   * before.
   */
  public synchronized Instant began(Instant now) {
    began = began == null ? now : began;
    return began;
  }

  synchronized void sent(FinancialAnalysis object, Attempt attempt) {
    byUid.put(object.getMetadata().getUid(), new Known(Optional.of(attempt)));
  }

  /** The last request, when status knows nothing of it any more. */
  synchronized Optional<Attempt> lost(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    return Optional.ofNullable(byUid.get(object.getMetadata().getUid()))
        .flatMap(Known::sent)
        .filter(sent -> status.attempt() == null || status.attempt().number() < sent.number())
        .filter(
            sent -> status.attempts().stream().noneMatch(past -> past.number() >= sent.number()));
  }

  /** EMR was asked, after the others, and has no cluster of the object. */
  synchronized void noneOfOthers(FinancialAnalysis object) {
    byUid.putIfAbsent(object.getMetadata().getUid(), new Known(Optional.empty()));
  }

  /** True when all requests for the object are known: there is none, or the last one is here. */
  synchronized boolean areKnown(FinancialAnalysis object) {
    return byUid.containsKey(object.getMetadata().getUid());
  }
}
