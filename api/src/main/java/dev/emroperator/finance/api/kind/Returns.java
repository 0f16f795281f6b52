package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Returns from row to row of each ticker, as fractions: 0.01 is 1 %. */
public record Returns(
    @Size(min = 1, max = 64) @JsonPropertyDescription("The price to look at. Default: close.")
        String column,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription("Rows back that simple and log compare with. Default: [1].")
        List<@Min(1) @Max(10_000) Integer> periods,
    @Size(min = 1, max = 4)
        @JsonPropertyDescription(
            "Which returns, of simple, log, overnight, intraday. Default: simple.")
        List<Kind> kinds)
    implements AnalysisKind {

  /** How a return is computed; null where a price is missing or not greater than 0. */
  public enum Kind {
    /** c / c₋ₖ − 1. */
    @JsonProperty("simple")
    SIMPLE("simple"),
    /** ln(c / c₋ₖ). */
    @JsonProperty("log")
    LOG("log"),
    /** open / close₋₁ − 1. */
    @JsonProperty("overnight")
    OVERNIGHT("overnight"),
    /** close / open − 1. */
    @JsonProperty("intraday")
    INTRADAY("intraday");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** True when it is computed for each period. */
    public boolean hasPeriods() {
      return this == SIMPLE || this == LOG;
    }
  }

  public Returns {
    column = Objects.requireNonNullElse(column, "close");
    periods = Lists.known(periods, List.of(1));
    kinds = Lists.known(kinds, List.of(Kind.SIMPLE));
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> read = new LinkedHashSet<>(List.of(column));
    if (kinds.contains(Kind.OVERNIGHT) || kinds.contains(Kind.INTRADAY)) {
      read.addAll(List.of("open", "close"));
    }
    return read;
  }

  @Override
  public List<String> gives(Set<String> available) {
    return names();
  }

  /**
   * Names of the value columns: the price, then as in {@code close_simple_1}, {@code overnight}.
   */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(column));
    for (Kind kind : kinds) {
      if (kind.hasPeriods()) {
        periods.forEach(period -> names.add(column + "_" + kind.word + "_" + period));
      } else {
        names.add(kind.word);
      }
    }
    return names;
  }
}
