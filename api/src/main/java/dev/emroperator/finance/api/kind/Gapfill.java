package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** One row for each time of a grid, between the first and the last row of each ticker. */
public record Gapfill(
    @JsonPropertyDescription(
            "Times of the grid. observed: all times at which any ticker has a row; weekdays: every step from Monday to Friday; all: every step. Default: observed.")
        Grid grid,
    @Pattern("^[1-9][0-9]{0,2}(m|h|d)$")
        @Size(max = 4)
        @JsonPropertyDescription("Step of the grids weekdays and all, as in 5m or 1d. Default: 1d.")
        String every,
    @JsonPropertyDescription(
            "What a new row holds. previous: the last values; linear: values on the line in time between the rows around it; none: nothing; zero: volume 0 and the last close as every price. Default: previous.")
        Method method,
    @Min(1)
        @Max(100_000)
        @JsonPropertyDescription(
            "New rows in a row after which no more are filled and values are null. Default: no limit.")
        Integer limit)
    implements AnalysisKind {

  /** Which times have a row. */
  public enum Grid {
    @JsonProperty("observed")
    OBSERVED,
    @JsonProperty("weekdays")
    WEEKDAYS,
    @JsonProperty("all")
    ALL
  }

  /** What a new row holds. */
  public enum Method {
    @JsonProperty("previous")
    PREVIOUS,
    @JsonProperty("linear")
    LINEAR,
    // In YAML, null without quotes would be no value at all, and so the default.
    @JsonProperty("none")
    NONE,
    @JsonProperty("zero")
    ZERO
  }

  public Gapfill {
    grid = Objects.requireNonNullElse(grid, Grid.OBSERVED);
    every = Objects.requireNonNullElse(every, "1d");
    method = Objects.requireNonNullElse(method, Method.PREVIOUS);
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> read = new TreeSet<>(available);
    read.remove("filled");
    if (method == Method.ZERO) {
      read.add("close");
    }
    return read;
  }

  @Override
  public List<String> gives(Set<String> available) {
    List<String> names = new ArrayList<>(Order.canonical(reads(available)));
    names.add("filled");
    return names;
  }
}
