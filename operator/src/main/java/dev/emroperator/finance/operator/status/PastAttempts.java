package dev.emroperator.finance.operator.status;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.FinancialAnalysisStatus.PastAttempt;
import dev.emroperator.finance.api.Reason;
import java.util.List;
import java.util.stream.Stream;

/** The history of an object's attempts. */
final class PastAttempts {

  private static final int KEPT = 10;

  private PastAttempts() {}

  /** The history with the current attempt at its end. */
  static List<PastAttempt> with(FinancialAnalysisStatus status) {
    if (status.attempt() == null) {
      return status.attempts();
    }
    EmrCluster cluster = status.cluster();
    // A restored or edited status may be final without one.
    Outcome outcome = status.outcome();
    return with(
        status.attempts(),
        new PastAttempt(
            status.attempt().number(),
            cluster == null ? null : cluster.id(),
            status.attempt().intendedAt(),
            cluster == null ? null : cluster.endedAt(),
            cluster == null ? null : cluster.subnet(),
            outcome == null ? Reason.UNKNOWN : outcome.reason(),
            outcome == null ? "status does not tell how it ended" : outcome.message()));
  }

  static List<PastAttempt> with(List<PastAttempt> before, PastAttempt last) {
    return Stream.concat(before.stream(), Stream.of(last))
        .skip(Math.max(0, before.size() + 1 - KEPT))
        .toList();
  }
}
