package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.api.Names;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Groups of tickers, such as sectors, at each time; the group stands in the column ticker. */
public record Rollup(
    @Required
        @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription("Input that knows the group of each ticker, one row for each.")
        String lookup,
    @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Attribute of the lookup that names the group, as in sector.")
        String by,
    @Size(min = 1, max = 64)
        @JsonPropertyDescription("The price whose returns are put together. Default: close.")
        String column,
    @Size(min = 1, max = 3)
        @JsonPropertyDescription(
            "How returns are weighted: equal, volume (of the row before) or cap (marketCap of the lookup). Default: equal.")
        List<Weight> weights,
    @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "This many tickers with the largest and with the smallest returns are named. Default: 0.")
        Integer movers)
    implements AnalysisKind {

  /** Group of a ticker that the lookup doesn't know. */
  public static final String UNMAPPED = "__unmapped__";

  /** A way to weight returns. */
  public enum Weight {
    @JsonProperty("equal")
    EQUAL("equal"),
    @JsonProperty("volume")
    VOLUME("volume"),
    @JsonProperty("cap")
    CAP("cap");

    private final String word;

    Weight(String word) {
      this.word = word;
    }

    /** Name of its column in the result. */
    public String column() {
      return "return_" + word;
    }
  }

  public Rollup {
    column = Objects.requireNonNullElse(column, "close");
    weights = Lists.known(weights, List.of(Weight.EQUAL));
    movers = Objects.requireNonNullElse(movers, 0);
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> read = new LinkedHashSet<>(List.of(column));
    if (available.contains("volume") || weights.contains(Weight.VOLUME)) {
      read.add("volume");
    }
    return read;
  }

  @Override
  public List<String> with() {
    return List.of(lookup);
  }

  @Override
  public Set<String> reads(String source, Set<String> available) {
    Set<String> read = new LinkedHashSet<>(List.of("ticker", by));
    if (weights.contains(Weight.CAP)) {
      read.add("marketCap");
    }
    return read;
  }

  @Override
  public List<String> gives(Set<String> available) {
    List<String> names = new ArrayList<>(List.of("members"));
    weights.forEach(weight -> names.add(weight.column()));
    names.addAll(List.of("advancers", "decliners", "unchanged"));
    if (available.contains("volume")) {
      names.add("volume");
    }
    if (movers > 0) {
      names.addAll(List.of("top", "bottom"));
    }
    return names;
  }
}
