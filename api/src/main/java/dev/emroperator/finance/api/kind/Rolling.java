package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Statistics over the current row and those before it, per ticker in order of time. */
@ValidationRule(
    value = "!has(self.minPeriods) || self.windows.all(w, self.minPeriods <= w)",
    message = "minPeriods is at most the shortest of windows")
public record Rolling(
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("The column to look at, as in close.")
        String column,
    @Required
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "Lengths of the windows in rows, the current one included, as in [20, 252].")
        List<@Min(2) @Max(10_000) Integer> windows,
    @Required @Size(min = 1, max = 7) @JsonPropertyDescription("What to compute over each window.")
        List<Statistic> stats,
    @Min(1)
        @Max(10_000)
        @JsonPropertyDescription(
            "A window with fewer values than this gives null. Default: its length.")
        Integer minPeriods)
    implements AnalysisKind {

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
    /** Mean ± 2 population standard deviations (divisor n): John Bollinger's bands. */
    @JsonProperty("bollinger")
    BOLLINGER("bollinger_lower", "bollinger_upper");

    private final List<String> columns;

    Statistic(String... columns) {
      this.columns = List.of(columns);
    }
  }

  public Rolling {
    windows = known(windows);
    stats = known(stats);
  }

  /** What only a newer version knows is read as null. */
  private static <T> List<T> known(List<T> values) {
    return values == null
        ? List.of()
        : values.stream().filter(Objects::nonNull).distinct().toList();
  }

  /** Names of the result columns of one statistic and window, as in {@code close_mean_20}. */
  public List<String> columns(Statistic statistic, int window) {
    return statistic.columns.stream().map(stat -> column + "_" + stat + "_" + window).toList();
  }

  @Override
  public Set<String> reads(Set<String> available) {
    return Set.of(column);
  }

  @Override
  public List<String> gives(Set<String> available) {
    return names();
  }

  /** Names of the value columns of the result: the column itself, then window by window. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(column));
    for (int window : windows) {
      stats.forEach(statistic -> names.addAll(columns(statistic, window)));
    }
    return names;
  }
}
