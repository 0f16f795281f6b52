package dev.emroperator.finance.operator.metrics;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Phase;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** When an object entered its phase. Read from status alone, so that a restart changes nothing. */
final class PhaseStart {

  private PhaseStart() {}

  /** Pending where status tells of no phase. */
  static Phase phase(FinancialAnalysisStatus status) {
    return status.phase() == null ? Phase.PENDING : status.phase();
  }

  /** Nothing for a phase whose beginning no status bears: Running, Suspended and the final ones. */
  static Optional<Instant> of(ObjectMeta metadata, FinancialAnalysisStatus status) {
    return switch (phase(status)) {
      case PENDING -> pending(metadata, status);
      case PROVISIONING -> Optional.ofNullable(status.attempt()).map(Attempt::intendedAt);
      case FINISHING -> Optional.ofNullable(status.outcome()).map(Outcome::at);
      case RUNNING, SUSPENDED, SUCCEEDED, FAILED -> Optional.empty();
    };
  }

  /** Since it was created, since another run began, or since the cluster before has ended. */
  private static Optional<Instant> pending(ObjectMeta metadata, FinancialAnalysisStatus status) {
    Stream<Instant> since =
        Stream.of(
            Instant.parse(metadata.getCreationTimestamp()),
            Optional.ofNullable(status.outcome()).map(Outcome::at).orElse(null),
            Optional.ofNullable(status.cluster()).map(EmrCluster::endedAt).orElse(null));
    Stream<Instant> reconciling =
        status.conditions().stream()
            .filter(condition -> "Reconciling".equals(condition.type()))
            .map(condition -> condition.lastTransitionTime());
    return Stream.concat(since, reconciling)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }
}
