package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Environment;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where everything of one attempt lies, and the plan that the job gets. Pure functions of the
 * object, its environment and the files that were found.
 */
public final class Run {

  private Run() {}

  /** Writes the plan of an attempt. */
  public static Plan plan(
      FinancialAnalysis object,
      int attemptNumber,
      List<FrozenInput> inputs,
      String jobVersion,
      Instant now) {
    FinancialAnalysisSpec spec = object.getSpec();
    ZoneId zone = ZoneId.of(spec.inputs().get(0).timezone());
    Days days = Days.of(spec.range(), now.atZone(zone).toLocalDate());
    String runId = RunId.of(spec, days, inputs, jobVersion);
    String attempt = AttemptName.suffix(object, attemptNumber);
    Map<String, String> results = new LinkedHashMap<>();
    for (Analysis analysis : spec.analyses()) {
      results.put(analysis.name(), result(spec, analysis.name(), runId, attempt).toString());
    }
    return new Plan(
        Plan.VERSION,
        runId,
        attempt,
        deadline(spec, now),
        inputs,
        days.from(),
        days.to(),
        days.warmupDays(),
        spec.analyses(),
        spec.output().format(),
        spec.output().partitionBy(),
        results,
        home(spec, runId, attempt).toString());
  }

  /** Where the plan of an attempt lies: out of reach of users. */
  public static S3Uri planLocation(
      String installation, Environment environment, FinancialAnalysis object, int attempt) {
    return S3Uri.parse(environment.artifacts())
        .resolve(
            "plans/"
                + installation
                + "/"
                + object.qualifiedName()
                + "/"
                + AttemptName.suffix(object, attempt)
                + "/plan.json");
  }

  /**
   * The plan of the next attempt: the same run over the same files. A result that is there already
   * stays where it is.
   */
  public static Plan nextPlan(Plan before, FinancialAnalysis object, int number, Instant now) {
    FinancialAnalysisSpec spec = object.getSpec();
    String attempt = AttemptName.suffix(object, number);
    Map<String, String> results = new LinkedHashMap<>();
    for (Analysis analysis : before.analyses()) {
      results.put(
          analysis.name(),
          kept(object, analysis.name())
              .orElseGet(() -> result(spec, analysis.name(), before.runId(), attempt))
              .toString());
    }
    return before
        .withAttempt(attempt)
        .withDeadline(deadline(spec, now))
        .withResults(results)
        .withHome(home(spec, before.runId(), attempt).toString());
  }

  private static String deadline(FinancialAnalysisSpec spec, Instant now) {
    return now.plus(TimeSpan.parse(spec.deadlines().total())).toString();
  }

  /** Folder of one result: of the current attempt, or of the earlier one that has finished it. */
  public static S3Uri result(FinancialAnalysis object, String analysis) {
    return kept(object, analysis)
        .orElseGet(
            () ->
                result(
                    object.getSpec(),
                    analysis,
                    object.getStatus().runId(),
                    currentAttempt(object)));
  }

  private static Optional<S3Uri> kept(FinancialAnalysis object, String analysis) {
    return object.getStatus().steps().stream()
        .filter(step -> step.name().equals(analysis) && step.output() != null)
        .map(step -> S3Uri.parse(step.output()))
        .findFirst();
  }

  /** Folder of the progress of the current attempt. */
  public static S3Uri home(FinancialAnalysis object) {
    return home(object.getSpec(), object.getStatus().runId(), currentAttempt(object));
  }

  private static String currentAttempt(FinancialAnalysis object) {
    Attempt attempt = object.getStatus().attempt();
    return AttemptName.suffix(object, attempt.number());
  }

  private static S3Uri result(
      FinancialAnalysisSpec spec, String analysis, String runId, String attempt) {
    return S3Uri.parse(spec.output().path())
        .resolve(analysis + "/_runs/" + runId + "/" + attempt + "/");
  }

  private static S3Uri home(FinancialAnalysisSpec spec, String runId, String attempt) {
    return S3Uri.parse(spec.output().path()).resolve("_runs/" + runId + "/" + attempt + "/");
  }
}
