package dev.emroperator.finance.e2e.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code _progress.json}, written anew with each change. */
final class SmallProgress {

  private final Plan plan;
  private final PlainS3 s3;
  private final ObjectMapper json;
  private final Map<String, ProgressRecord.Step> steps = new LinkedHashMap<>();
  private long seq;

  SmallProgress(Plan plan, PlainS3 s3, ObjectMapper json) {
    this.plan = plan;
    this.s3 = s3;
    this.json = json;
    plan.analyses().forEach(a -> put(a.name(), StepState.PENDING, 0));
  }

  void tell(String analysis, StepState state, int percent) {
    put(analysis, state, percent);
    write(false);
  }

  /** Writes; what goes wrong with it stops nothing. */
  void write(boolean finished) {
    seq++;
    List<ProgressRecord.Step> all = List.copyOf(steps.values());
    int percent = (int) all.stream().mapToInt(ProgressRecord.Step::percent).average().orElse(0);
    ProgressRecord record =
        new ProgressRecord(
            1,
            plan.runId(),
            plan.attempt(),
            seq,
            Instant.now().toString(),
            percent,
            all,
            finished,
            null);
    try {
      s3.put(plan.home() + Plan.PROGRESS, json.writeValueAsBytes(record));
    } catch (IOException e) {
      System.err.println("can't write progress: " + e.getMessage());
    }
  }

  private void put(String analysis, StepState state, int percent) {
    steps.put(analysis, new ProgressRecord.Step(analysis, state, percent));
  }
}
