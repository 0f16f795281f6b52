package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of one analysis of a run. */
public enum StepState {
  @JsonProperty("Pending")
  PENDING,
  @JsonProperty("Running")
  RUNNING,
  @JsonProperty("Succeeded")
  SUCCEEDED,
  @JsonProperty("Failed")
  FAILED,
  /** Not run, because the analysis that it is made of failed. */
  @JsonProperty("Skipped")
  SKIPPED
}
