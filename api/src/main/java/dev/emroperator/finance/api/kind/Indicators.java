package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Indicators of technical analysis, as TA-Lib computes them. */
@ValidationRule(
    value = "has(self.ema) || has(self.rsi) || has(self.atr) || has(self.macd)",
    message = "indicators needs one of ema, rsi, atr and macd")
public record Indicators(
    @Size(min = 1, max = 64) @JsonPropertyDescription("The price to look at. Default: close.")
        String column,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "Exponential moving averages over these many rows, as in [12, 26].")
        List<@Min(2) @Max(10_000) Integer> ema,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription("Relative strength indices over these many rows, as in [14].")
        List<@Min(2) @Max(10_000) Integer> rsi,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "Average true ranges over these many rows, as in [14]; needs high, low and close.")
        List<@Min(2) @Max(10_000) Integer> atr,
    @JsonPropertyDescription("Moving average convergence/divergence.") Macd macd)
    implements AnalysisKind {

  /** Lengths of the three averages of MACD. */
  @ValidationRule(
      value = "self.fast < self.slow",
      message = "macd.fast must be less than macd.slow")
  public record Macd(
      @Required
          @Min(2)
          @Max(10_000)
          @JsonPropertyDescription("Rows of the fast average: 12 as a rule.")
          Integer fast,
      @Required
          @Min(2)
          @Max(10_000)
          @JsonPropertyDescription("Rows of the slow average: 26 as a rule.")
          Integer slow,
      @Required
          @Min(1)
          @Max(10_000)
          @JsonPropertyDescription("Rows of the signal line: 9 as a rule.")
          Integer signal)
      implements java.io.Serializable {}

  public Indicators {
    column = Objects.requireNonNullElse(column, "close");
    ema = Lists.known(ema, List.of());
    rsi = Lists.known(rsi, List.of());
    atr = Lists.known(atr, List.of());
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> read = new LinkedHashSet<>(List.of(column));
    if (!atr.isEmpty()) {
      read.addAll(List.of("high", "low", "close"));
    }
    return read;
  }

  @Override
  public List<String> gives(Set<String> available) {
    return names();
  }

  /** Names of the value columns: the price, then as in {@code ema_12}, {@code macd_signal}. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(column));
    ema.forEach(rows -> names.add("ema_" + rows));
    rsi.forEach(rows -> names.add("rsi_" + rows));
    atr.forEach(rows -> names.add("atr_" + rows));
    if (macd != null) {
      names.addAll(List.of("macd", "macd_signal", "macd_histogram"));
    }
    return names;
  }
}
