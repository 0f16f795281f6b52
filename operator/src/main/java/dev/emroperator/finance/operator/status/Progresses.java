package dev.emroperator.finance.operator.status;

import dev.emroperator.finance.api.FinancialAnalysisStatus.Progress;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Step;
import dev.emroperator.finance.api.StepState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Progress of a run, with the words that columns show. */
final class Progresses {

  /** Of the time that was left, the part by which an end has to move to be worth a write. */
  private static final int TELLING = 10;

  private Progresses() {}

  static Progress of(int percent, List<Step> steps) {
    return of(percent, steps, null);
  }

  static Progress of(int percent, List<Step> steps, Instant eta) {
    int completed = finished(steps);
    int total = steps.size();
    return new Progress(percent, completed, total, completed + "/" + total, percent + "%", eta);
  }

  /** The first whole minute at which the job is done; null stays null. */
  static Instant minute(Instant eta) {
    return eta == null
        ? null
        : eta.plus(Duration.ofMinutes(1)).minusNanos(1).truncatedTo(ChronoUnit.MINUTES);
  }

  /** True when a person would want to know that what is shown is no longer the end. */
  static boolean hasMoved(Instant shown, Instant eta, Instant now) {
    if (shown == null || eta == null) {
      return shown != eta;
    }
    Duration left = shown.isAfter(now) ? Duration.between(now, shown) : Duration.ZERO;
    return Duration.between(shown, eta).abs().multipliedBy(TELLING).compareTo(left) > 0;
  }

  static int finished(List<Step> steps) {
    return (int) steps.stream().filter(s -> s.state() == StepState.SUCCEEDED).count();
  }
}
