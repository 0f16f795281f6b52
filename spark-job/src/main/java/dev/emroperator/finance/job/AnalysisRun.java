package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.job.input.InputReader;
import dev.emroperator.finance.job.kind.Series;
import dev.emroperator.finance.job.output.ResultWriter;
import dev.emroperator.finance.job.output.RunFiles;
import dev.emroperator.finance.job.progress.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Runs the analyses of a plan one after the other; one that fails stops only those made of it. */
public final class AnalysisRun {

  private final Plan plan;
  private final RunFiles files;
  private final Progress progress;
  private final InputReader inputs;
  private final ResultWriter results;
  private final Map<String, Series> done = new HashMap<>();
  private final Set<String> failed = new HashSet<>();

  public AnalysisRun(SparkSession spark, Plan plan, RunFiles files, Progress progress) {
    this.plan = plan;
    this.files = files;
    this.progress = progress;
    this.inputs = new InputReader(spark, plan);
    this.results = new ResultWriter(spark, plan, files);
  }

  /** Runs all; returns a line for each that failed. */
  public List<String> run() {
    List<String> lines = new ArrayList<>();
    for (Analysis analysis : plan.analyses()) {
      if (failed.contains(analysis.of())) {
        lines.add(skip(analysis));
        continue;
      }
      progress.begin(analysis.name());
      try {
        run(analysis);
        progress.end(analysis.name(), StepState.SUCCEEDED);
      } catch (Exception e) {
        JobFailure failure = Failures.explain(e);
        lines.add("Analysis " + analysis.name() + " failed: " + failure.getMessage());
        if (e != failure) {
          e.printStackTrace();
        }
        failed.add(analysis.name());
        files.writeError(plan, analysis.name(), failure);
        progress.end(analysis.name(), StepState.FAILED);
      }
    }
    return lines;
  }

  private void run(Analysis analysis) {
    boolean feedsOthers = plan.analyses().stream().anyMatch(a -> a.of().equals(analysis.name()));
    boolean isThere = results.isThere(analysis.name());
    if (isThere && !feedsOthers) {
      return;
    }
    Series series = source(analysis).analyse(analysis.kind());
    if (feedsOthers) {
      series = series.withRows(series.rows().persist(StorageLevel.MEMORY_AND_DISK()));
    }
    done.put(analysis.name(), series);
    if (!isThere) {
      results.write(analysis.name(), series);
    }
  }

  private Series source(Analysis analysis) {
    Series earlier = done.get(analysis.of());
    if (earlier != null) {
      return earlier;
    }
    FrozenInput input =
        plan.inputs().stream()
            .filter(frozen -> frozen.input().name().equals(analysis.of()))
            .findFirst()
            .orElseThrow(
                () ->
                    new JobFailure(
                        "JobError", "'" + analysis.of() + "' is neither input nor analysis"));
    return inputs.read(input, analysis.kind());
  }

  private String skip(Analysis analysis) {
    failed.add(analysis.name());
    JobFailure failure =
        new JobFailure("UpstreamFailed", "'" + analysis.of() + "', which it is made of, failed");
    files.writeError(plan, analysis.name(), failure);
    progress.end(analysis.name(), StepState.SKIPPED);
    return "Analysis " + analysis.name() + " was skipped: " + failure.getMessage();
  }
}
