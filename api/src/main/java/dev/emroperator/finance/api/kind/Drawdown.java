package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How far each price is below the highest one before it, as a fraction: −0.2 is 20 % below. */
public record Drawdown(
    @Size(min = 1, max = 64) @JsonPropertyDescription("The price to look at. Default: close.")
        String column,
    @JsonPropertyDescription(
            "True: one row for each ticker, with its deepest and longest drawdown, growth and Sharpe ratio. Default: false, a row for each row.")
        Boolean summary,
    @Min(-1)
        @Max(1)
        @JsonPropertyDescription(
            "Risk-free return of a year as a fraction, for Sharpe. Default: 0.")
        Double riskFree,
    @Min(1) @Max(1_000_000) @JsonPropertyDescription("Rows in a year, for Sharpe. Default: 252.")
        Integer periodsPerYear)
    implements AnalysisKind {

  public Drawdown {
    column = Objects.requireNonNullElse(column, "close");
    summary = Objects.requireNonNullElse(summary, false);
    riskFree = Objects.requireNonNullElse(riskFree, 0.0);
    periodsPerYear = Objects.requireNonNullElse(periodsPerYear, 252);
  }

  @Override
  public Set<String> reads(Set<String> available) {
    return Set.of(column);
  }

  @Override
  public List<String> gives(Set<String> available) {
    return names();
  }

  /** Names of the value columns of the result. */
  public List<String> names() {
    return summary
        ? List.of(
            "rows", "maxDrawdown", "start", "trough", "recovery", "longestDays", "cagr", "sharpe")
        : new ArrayList<>(List.of(column, "peak", "drawdown", "days"));
  }
}
