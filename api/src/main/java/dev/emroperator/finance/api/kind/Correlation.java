package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Pearson's correlation of the simple returns of every two tickers. */
public record Correlation(
    @Size(min = 1, max = 64) @JsonPropertyDescription("The price to look at. Default: close.")
        String column,
    @Min(2)
        @Max(2_000)
        @JsonPropertyDescription(
            "Only this many tickers: those with the largest sum of price times volume, or, without a volume, with the most rows. Default: 100.")
        Integer top,
    @JsonPropertyDescription(
            "Days that count. pairwise: those on which both have a return; common: those on which all have one. Default: pairwise.")
        Dates dates,
    @Min(3)
        @Max(10_000)
        @JsonPropertyDescription("With fewer returns than this it is null. Default: 20.")
        Integer minPeriods)
    implements AnalysisKind {

  /** Days that count for a pair. */
  public enum Dates {
    @JsonProperty("pairwise")
    PAIRWISE,
    @JsonProperty("common")
    COMMON
  }

  public Correlation {
    column = Objects.requireNonNullElse(column, "close");
    top = Objects.requireNonNullElse(top, 100);
    dates = Objects.requireNonNullElse(dates, Dates.PAIRWISE);
    minPeriods = Objects.requireNonNullElse(minPeriods, 20);
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> read = new LinkedHashSet<>(List.of(column));
    if (available.contains("volume")) {
      read.add("volume");
    }
    return read;
  }

  @Override
  public List<String> gives(Set<String> available) {
    return List.of("other", "n", "correlation");
  }
}
