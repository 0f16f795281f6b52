package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Step;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.config.Environment;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.time.Instant;
import java.time.LocalDate;
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
    String runId = RunId.of(spec, days, inputs, jobVersion, Request.RERUN.latest(object));
    String attempt = AttemptName.suffix(object, attemptNumber);
    Map<String, String> results = new LinkedHashMap<>();
    for (Analysis analysis : spec.analyses()) {
      results.put(analysis.name(), result(spec, analysis.name(), runId, attempt).toString());
    }
    return new Plan(
        Plan.VERSION,
        runId,
        attempt,
        deadline(spec, now).toString(),
        inputs,
        days.from(),
        days.to(),
        days.warmupDays(),
        spec.analyses(),
        spec.output().format(),
        spec.output().partitionBy(),
        results,
        home(spec, runId, attempt).toString(),
        spec.output().keepRuns());
  }

  /** True when a spec asks for just what a plan runs; how much cluster and time doesn't count. */
  public static boolean isAskedFor(Plan plan, FinancialAnalysisSpec spec) {
    LocalDate claimed = plan.to() == null ? LocalDate.EPOCH : LocalDate.parse(plan.to());
    Days days = new Days(plan.from(), plan.to(), plan.warmupDays());
    return plan.inputs().stream().map(FrozenInput::input).toList().equals(spec.inputs())
        && plan.analyses().equals(spec.analyses())
        && days.equals(Days.of(spec.range(), claimed))
        && plan.format() == spec.output().format()
        && plan.partitionBy() == spec.output().partitionBy()
        && plan.home().equals(home(spec, plan.runId(), plan.attempt()).toString());
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
  public static Plan nextPlan(
      Plan before, FinancialAnalysis object, List<Step> steps, int number, Instant now) {
    FinancialAnalysisSpec spec = object.getSpec();
    String attempt = AttemptName.suffix(object, number);
    Map<String, String> results = new LinkedHashMap<>();
    before
        .analyses()
        .forEach(
            a -> results.put(a.name(), result(spec, a.name(), before.runId(), attempt).toString()));
    return keeping(
        before
            .withAttempt(attempt)
            .withDeadline(deadline(spec, now).toString())
            .withResults(results)
            .withHome(home(spec, before.runId(), attempt).toString()),
        steps);
  }

  /** The plan with the results that are there already where they are. */
  public static Plan keeping(Plan plan, List<Step> steps) {
    Map<String, String> results = new LinkedHashMap<>(plan.results());
    steps.stream()
        .filter(step -> step.output() != null)
        .forEach(step -> results.put(step.name(), step.output()));
    return plan.withResults(results);
  }

  /** Size of all files that a plan names. */
  public static long inputBytes(Plan plan) {
    return plan.inputs().stream()
        .flatMap(input -> input.files().stream())
        .mapToLong(Plan.File::size)
        .sum();
  }

  /** One entry for each analysis of the plan, before anything is done. */
  public static List<Step> steps(Plan plan) {
    return plan.analyses().stream()
        .map(a -> new Step(a.name(), StepState.PENDING, 0, null, null, null))
        .toList();
  }

  /** When an attempt that is asked for at a time must be done. */
  public static Instant deadline(FinancialAnalysisSpec spec, Instant asked) {
    return asked.plus(TimeSpan.parse(spec.deadlines().total()));
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

  /** Folder of all attempts at one result of a run. */
  public static S3Uri resultsOf(FinancialAnalysis object, String analysis, String runId) {
    return S3Uri.parse(object.getSpec().output().path())
        .resolve(analysis + "/_runs/" + runId + "/");
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
