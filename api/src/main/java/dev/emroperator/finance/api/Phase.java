package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where an analysis stands, in the order of its way; an object has no phase before it is claimed.
 */
public enum Phase {
  /** No cluster is asked for now: the object is being checked, or waits for its next attempt. */
  @JsonProperty("Pending")
  PENDING,
  /** A cluster was requested and does not run the job yet. */
  @JsonProperty("Provisioning")
  PROVISIONING,
  /** The job runs. */
  @JsonProperty("Running")
  RUNNING,
  /** The outcome is known, and the cluster is going away. */
  @JsonProperty("Finishing")
  FINISHING,
  /** No cluster is paid, because the user asked for a rest; what is finished is kept. */
  @JsonProperty("Suspended")
  SUSPENDED,
  /** All results are there, and the cluster is gone. */
  @JsonProperty("Succeeded")
  SUCCEEDED,
  /** The run ended without all results, and no cluster is left. */
  @JsonProperty("Failed")
  FAILED;

  /** True when nothing more happens to the object by itself. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED;
  }
}
