package dev.emroperator.finance.operator.status;

import dev.emroperator.finance.api.Condition;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Conditions as kstatus reads them: Reconciling=True is in progress, Stalled=True has failed, and
 * Ready=True alone is done.
 */
final class Conditions {

  private Conditions() {}

  static List<Condition> reconciling(Said said) {
    return List.of(said.of("Ready", "False"), said.of("Reconciling", "True"));
  }

  static List<Condition> ready(Said said) {
    return List.of(said.of("Ready", "True"));
  }

  static List<Condition> stalled(Said said) {
    return List.of(said.of("Ready", "False"), said.of("Stalled", "True"));
  }

  /** Neither in progress nor failed: it rests because the user wants it to. */
  static List<Condition> resting(Said said) {
    return List.of(said.of("Ready", "False"));
  }

  /** What is said, of which generation, when, and what was said before. */
  record Said(List<Condition> before, Long generation, Instant now, Reason reason, String message) {

    static Said of(FinancialAnalysis live, Clock clock, Reason reason, String message) {
      return new Said(
          live.statusOrEmpty().conditions(),
          live.getMetadata().getGeneration(),
          clock.instant(),
          reason,
          message);
    }

    private Condition of(String type, String status) {
      Instant since =
          previous(type)
              .filter(condition -> condition.status().equals(status))
              .map(Condition::lastTransitionTime)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(now.truncatedTo(ChronoUnit.SECONDS));
      return new Condition(type, status, generation, since, reason, message);
    }

    private Stream<Condition> previous(String type) {
      return before.stream().filter(condition -> condition.type().equals(type));
    }
  }
}
