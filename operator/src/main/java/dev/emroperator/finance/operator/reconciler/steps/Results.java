package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Result;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Step;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.ErrorReport;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.s3.ObjectStore;
import dev.emroperator.finance.operator.s3.ObjectStore.StoredObject;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is finished, as the manifests tell, and the files that they name. */
public record Results(RunRecords records) {

  /** How each analysis stands, and the results that are whole. */
  record Ends(List<Step> steps, List<Result> results) {

    boolean isComplete() {
      return results.size() == steps.size();
    }

    Outcome success(Instant at) {
      long rows = results.stream().mapToLong(Result::rows).sum();
      return new Outcome(
          at, true, Reason.SUCCEEDED, "%d results with %d rows".formatted(results.size(), rows));
    }
  }

  /** Of the current run, after its job has ended. */
  Ends of(FinancialAnalysis object, ObjectStore store) {
    List<Step> steps = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    for (Step step : object.getStatus().steps()) {
      S3Uri folder = Run.result(object, step.name());
      Optional<Result> result = in(folder, object.getStatus().runId(), step.name(), store);
      result.ifPresent(results::add);
      steps.add(
          result
              .map(r -> finished(step, r))
              .orElseGet(() -> failed(step, records.error(object, step.name(), store))));
    }
    return new Ends(steps, results);
  }

  /** Of any earlier run with the same id, whoever's it was. */
  Ends earlier(FinancialAnalysis object, String runId, List<Step> steps, ObjectStore store) {
    List<Step> known = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    for (Step step : steps) {
      Optional<Result> result =
          attempts(Run.resultsOf(object, step.name(), runId), store).stream()
              .map(folder -> in(folder, runId, step.name(), store))
              .flatMap(Optional::stream)
              .findFirst();
      result.ifPresent(results::add);
      known.add(result.map(r -> finished(step, r)).orElse(step));
    }
    return new Ends(known, results);
  }

  /** The result in a folder, if it is whole. */
  private Optional<Result> in(S3Uri folder, String runId, String analysis, ObjectStore store) {
    return records
        .manifest(folder, runId, analysis, store)
        .filter(manifest -> isWhole(folder, manifest, store))
        .map(manifest -> result(folder, manifest));
  }

  private static Result result(S3Uri folder, Manifest manifest) {
    return new Result(
        manifest.analysis(),
        folder.toString(),
        manifest.files().size(),
        manifest.rows(),
        manifest.bytes(),
        manifest.badFiles() == 0 ? null : (Long) manifest.badFiles(),
        manifest.badRows() == null ? null : (Long) manifest.badRows().rows());
  }

  /** A manifest outlives files that someone deletes. */
  private static boolean isWhole(S3Uri folder, Manifest manifest, ObjectStore store) {
    Map<String, Long> sizes =
        store.list(folder).stream()
            .collect(Collectors.toMap(o -> o.uri().toString(), StoredObject::size));
    return manifest.files().stream()
        .allMatch(
            file ->
                Long.valueOf(file.bytes())
                    .equals(sizes.get(folder.resolve(file.path()).toString())));
  }

  /** Folders of attempts that may have a manifest, in the order of their names. */
  private static List<S3Uri> attempts(S3Uri run, ObjectStore store) {
    TreeSet<String> names = new TreeSet<>();
    for (StoredObject object : store.list(run)) {
      String below = object.uri().key().substring(run.key().length());
      if (below.indexOf('/') > 0) {
        names.add(below.substring(0, below.indexOf('/') + 1));
      }
    }
    return names.stream().map(run::resolve).toList();
  }

  private static Step finished(Step step, Result result) {
    return step.withState(StepState.SUCCEEDED)
        .withPercent(100)
        .withRows(result.rows())
        .withOutput(result.path())
        .withCause(null);
  }

  private static Step failed(Step step, Optional<ErrorReport> error) {
    boolean skipped =
        error
            .map(report -> Reason.of(report.kind()) == Reason.UPSTREAM_FAILED)
            .orElse(step.state() == StepState.PENDING);
    return step.withState(skipped ? StepState.SKIPPED : StepState.FAILED)
        .withCause(error.map(ErrorReport::message).orElse(null));
  }
}
