package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.api.TimeSpan;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Statistics over the current row and those before it, per ticker in order of time: so many rows of
 * them, or those of a span of time.
 */
@ValidationRule(
    value = "has(self.windows) || has(self.ranges)",
    message = "rolling needs windows, ranges or both")
@ValidationRule(
    value =
        "!has(self.minPeriods) || !has(self.windows) || self.windows.all(w, self.minPeriods <= w)",
    message = "minPeriods is at most the shortest of windows")
@ValidationRule(
    value = "!has(self.ranges) || self.ranges.all(r, r.matches('" + TimeSpan.PATTERN + "'))",
    message =
        "a range is a whole number of s, m, h or d (24 hours), as in 30m or 7d: write weeks as days; months have no fixed length")
public record Rolling(
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("The column to look at, as in close.")
        String column,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "Lengths of the windows in rows, the current one included, as in [20, 252].")
        List<@Min(2) @Max(10_000) Integer> windows,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "Lengths of the windows in time, in s, m, h or d (24 hours), as in [30m, 7d]: the current row and the rows less than that before it.")
        List<@Size(min = 2, max = 7) String> ranges,
    @Required @Size(min = 1, max = 7) @JsonPropertyDescription("What to compute over each window.")
        List<Statistic> stats,
    @Min(1)
        @Max(10_000)
        @JsonPropertyDescription(
            "A window with fewer values than this gives null. Default: of windows their length, of ranges 1.")
        Integer minPeriods,
    @JsonInclude(JsonInclude.Include.NON_NULL)
        @Min(value = 0, inclusive = false)
        @Max(100)
        @JsonPropertyDescription(
            "Population standard deviations between the mean and each band of bollinger, as in 2.5. Default: 2.")
        Double bandWidth)
    implements AnalysisKind {

  private static final double BAND_WIDTH = 2;

  /** A statistic of the values in a window; nulls are skipped. */
  public enum Statistic {
    @JsonProperty("mean")
    MEAN("mean"),
    /** Sample standard deviation, divisor n − 1; null for one value. */
    @JsonProperty("stddev")
    STDDEV("stddev"),
    @JsonProperty("min")
    MIN("min"),
    @JsonProperty("max")
    MAX("max"),
    @JsonProperty("sum")
    SUM("sum"),
    /** (value − mean) / sample standard deviation; null where that is 0. */
    @JsonProperty("zscore")
    ZSCORE("zscore"),
    /** Mean ± k population standard deviations (divisor n): John Bollinger's bands. */
    @JsonProperty("bollinger")
    BOLLINGER("bollinger_lower", "bollinger_upper");

    private final List<String> columns;

    Statistic(String... columns) {
      this.columns = List.of(columns);
    }
  }

  public Rolling {
    windows = Lists.known(windows, List.of());
    ranges = Lists.known(ranges, List.of());
    stats = Lists.known(stats, List.of());
  }

  /** Windows of rows alone, with bands of the usual width. */
  public Rolling(String column, List<Integer> windows, List<Statistic> stats, Integer minPeriods) {
    this(column, windows, null, stats, minPeriods, null);
  }

  /** The k of {@link Statistic#BOLLINGER}. */
  public double deviations() {
    return bandWidth == null ? BAND_WIDTH : bandWidth;
  }

  @Override
  public Set<String> reads(Set<String> available) {
    return Set.of(column);
  }

  @Override
  public List<String> gives(Set<String> available) {
    return names();
  }

  /**
   * Names of the value columns of the result: the column itself, then window by window, as in
   * {@code close_mean_20} and {@code close_mean_7d}.
   */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(column));
    Stream.concat(windows.stream(), ranges.stream())
        .forEach(window -> stats.forEach(statistic -> names.addAll(columns(statistic, window))));
    return names;
  }

  private List<String> columns(Statistic statistic, Object window) {
    return statistic.columns.stream().map(stat -> column + "_" + stat + "_" + window).toList();
  }
}
