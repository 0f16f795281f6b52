package dev.emroperator.finance.operator.metrics;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All objects, counted at one moment.
 *
 * @param phases objects by phase
 * @param waiting objects by the reason they wait for
 * @param longest seconds that the object is in the phase which is longest in it
 */
record Census(
    Instant at,
    Map<Phase, Integer> phases,
    Map<Reason, Integer> waiting,
    Map<Phase, Double> longest) {

  static Census of(List<FinancialAnalysis> objects, Instant now) {
    Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    Map<Reason, Integer> waiting = new EnumMap<>(Reason.class);
    Map<Phase, Double> longest = new EnumMap<>(Phase.class);
    for (FinancialAnalysis object : objects) {
      FinancialAnalysisStatus status = object.statusOrEmpty();
      Phase phase = PhaseStart.phase(status);
      phases.merge(phase, 1, Integer::sum);
      waiting.merge(CountedReasons.of(status), 1, Integer::sum);
      PhaseStart.of(object.getMetadata(), status)
          .map(since -> Duration.between(since, now).toMillis() / 1000.0)
          .ifPresent(seconds -> longest.merge(phase, seconds, Math::max));
    }
    return new Census(now, phases, waiting, longest);
  }

  /** The last census, taken anew when it is a second old: one scrape asks for it many times. */
  static final class Latest {

    private static final Duration KEPT = Duration.ofSeconds(1);

    private final Supplier<List<FinancialAnalysis>> known;
    private final Clock clock;
    private Census last;

    Latest(Supplier<List<FinancialAnalysis>> known, Clock clock) {
      this.known = known;
      this.clock = clock;
    }

    synchronized Census get() {
      Instant now = clock.instant();
      if (last == null || !now.isBefore(last.at.plus(KEPT))) {
        last = Census.of(known.get(), now);
      }
      return last;
    }
  }
}
