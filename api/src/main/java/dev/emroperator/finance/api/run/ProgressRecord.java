package dev.emroperator.finance.api.run;

import dev.emroperator.finance.api.StepState;
import java.util.List;

/**
 * {@code _progress.json}: one object that the driver overwrites while it works.
 *
 * @param version 1
 * @param runId of the plan
 * @param attempt of the plan
 * @param seq grows by one with each write
 * @param at ISO 8601 instant of the write
 * @param percent of the whole run, 0 to 100, never falling; 100 only after the last manifest
 * @param steps one for each analysis of the plan, in its order
 * @param finished true in the last write of the driver, unless it was told to end (SIGTERM)
 * @param eta ISO 8601 instant at which the run is done if it goes on as it went; null while that
 *     can't be told
 */
public record ProgressRecord(
    int version,
    String runId,
    String attempt,
    long seq,
    String at,
    int percent,
    List<Step> steps,
    boolean finished,
    String eta) {

  /** State of one analysis, and how much of it is done, 0 to 100. */
  public record Step(String name, StepState state, int percent) {}
}
