package dev.emroperator.finance.operator.status;

import dev.emroperator.finance.api.FinancialAnalysisStatus.Progress;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Step;
import dev.emroperator.finance.api.StepState;
import java.util.List;

/** Progress of a run, with the words that columns show. */
final class Progresses {

  private Progresses() {}

  static Progress of(int percent, List<Step> steps) {
    int completed = finished(steps);
    int total = steps.size();
    return new Progress(percent, completed, total, completed + "/" + total, percent + "%");
  }

  static int finished(List<Step> steps) {
    return (int) steps.stream().filter(s -> s.state() == StepState.SUCCEEDED).count();
  }
}
