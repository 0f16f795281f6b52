package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last request for a cluster that this process has sent for each object: a status that is lost
 * right after it shows to nobody else, since EMR's lists are older than that.
 */
public final class LastRequests {

  private static final int KEPT = 10_000;

  private final Map<String, Attempt> byUid =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempt> eldest) {
          return size() > KEPT;
        }
      };

  synchronized void sent(FinancialAnalysis object, Attempt attempt) {
    byUid.put(object.getMetadata().getUid(), attempt);
  }

  synchronized Optional<Attempt> of(FinancialAnalysis object) {
    return Optional.ofNullable(byUid.get(object.getMetadata().getUid()));
  }
}
