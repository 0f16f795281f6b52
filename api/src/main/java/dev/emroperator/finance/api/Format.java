package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How files are written. */
public enum Format {
  @JsonProperty("parquet")
  PARQUET,
  @JsonProperty("csv")
  CSV
}
