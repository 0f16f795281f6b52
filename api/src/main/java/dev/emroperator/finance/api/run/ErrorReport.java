package dev.emroperator.finance.api.run;

/**
 * {@code _error.json}: why an analysis, or the whole run, has no result.
 *
 * @param version 1
 * @param runId of the plan
 * @param attempt of the plan
 * @param analysis name of the analysis; null when the run could not begin
 * @param kind code of a {@link dev.emroperator.finance.api.Reason}, as the job wrote it
 * @param message a sentence that names the file, column or value, without a stack trace
 */
public record ErrorReport(
    int version, String runId, String attempt, String analysis, String kind, String message) {}
