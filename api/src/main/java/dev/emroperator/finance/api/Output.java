package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where results go and how they are written. */
public record Output(
    @Required
        @Pattern(Paths.PREFIX)
        @Size(max = Paths.MAX_LENGTH)
        @JsonPropertyDescription(
            "An s3:// prefix that ends in '/'. Each run writes to folders of its own below it and replaces nothing.")
        String path,
    @Default("parquet") @JsonPropertyDescription("parquet (zstd) or csv.") Format format,
    @Default("year")
        @JsonPropertyDescription(
            "Folders that results are split into by date: none, year, month or day.")
        PartitionBy partitionBy,
    @Min(1)
        @Max(1_000)
        @JsonPropertyDescription(
            "Runs whose results are kept, the newest included; older ones are deleted after a success. Default: all.")
        Integer keepRuns) {

  /** Grain of the folders of a result. */
  public enum PartitionBy {
    @JsonProperty("none")
    NONE,
    @JsonProperty("year")
    YEAR,
    @JsonProperty("month")
    MONTH,
    @JsonProperty("day")
    DAY
  }

  public Output {
    format = format == null ? Format.PARQUET : format;
    partitionBy = partitionBy == null ? PartitionBy.YEAR : partitionBy;
  }
}
