package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a result that is there already may stand for a new run. */
public enum Reuse {
  /** Same analyses, same files, same job: the earlier result is taken, and no cluster is paid. */
  @JsonProperty("IfUnchanged")
  IF_UNCHANGED,
  /** Every run is made anew. */
  @JsonProperty("Never")
  NEVER
}
