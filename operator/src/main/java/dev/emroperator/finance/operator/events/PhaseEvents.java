package dev.emroperator.finance.operator.events;

import dev.emroperator.finance.api.Condition;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kubernetes Event, and one line in the log, for each change of phase. */
public final class PhaseEvents {

  private static final Logger LOG = LoggerFactory.getLogger(PhaseEvents.class);

  private final EventRecorder recorder;

  public PhaseEvents(EventRecorder recorder) {
    this.recorder = recorder;
  }

  /** Reports the phase that the object has now. */
  public void phaseChanged(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    LOG.info("{} is {}: {}", object.qualifiedName(), status.phase(), status.message());
    if (status.phase() == Phase.FAILED) {
      recorder.warn(object, reason(status), status.message());
    } else {
      recorder.tell(object, reason(status), status.message());
    }
  }

  private static Reason reason(FinancialAnalysisStatus status) {
    return status.conditions().stream().findFirst().map(Condition::reason).orElse(Reason.UNKNOWN);
  }
}
