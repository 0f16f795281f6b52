package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.api.Names;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** How the simple returns of each ticker follow those of a benchmark: ordinary least squares. */
@ValidationRule(
    value = "has(self.benchmark) != has(self.weights)",
    message = "beta needs either benchmark or weights")
@ValidationRule(
    value = "!has(self.window) || !has(self.minPeriods) || self.minPeriods <= self.window",
    message = "minPeriods is at most the window")
public record Beta(
    @Size(min = 1, max = 64) @JsonPropertyDescription("The price to look at. Default: close.")
        String column,
    @Size(min = 1, max = 64) @JsonPropertyDescription("Ticker of the benchmark, as in SPY.")
        String benchmark,
    @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription(
            "Input or analysis that holds the benchmark's prices. Default: what this analysis is made of.")
        String from,
    @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription(
            "Instead of benchmark: input with ticker and marketCap; the benchmark's return is the mean of all tickers' returns weighted by it.")
        String weights,
    @Min(3)
        @Max(10_000)
        @JsonPropertyDescription(
            "Returns in a window, as in 252. Default: none, and so one row for each ticker over all its days.")
        Integer window,
    @Min(3)
        @Max(10_000)
        @JsonPropertyDescription(
            "With fewer returns than this all is null. Default: the window, or 3.")
        Integer minPeriods)
    implements AnalysisKind {

  public Beta {
    column = Objects.requireNonNullElse(column, "close");
    int least = window == null ? 3 : window;
    minPeriods = Objects.requireNonNullElse(minPeriods, least);
  }

  @Override
  public Set<String> reads(Set<String> available) {
    return Set.of(column);
  }

  @Override
  public List<String> with() {
    return Stream.of(from, weights).filter(Objects::nonNull).toList();
  }

  @Override
  public Set<String> reads(String source, Set<String> available) {
    if (source.equals(weights)) {
      return Set.of("ticker", "marketCap");
    }
    Set<String> read = new LinkedHashSet<>(KEYS);
    read.add(column);
    return read;
  }

  @Override
  public List<String> gives(Set<String> available) {
    return List.of("n", "beta", "alpha", "r2", "correlation");
  }
}
