package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.api.Names;
import dev.emroperator.finance.api.TimeSpan;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Each row together with the row of another source that held at its time. */
@ValidationRule(
    value =
        "!has(self.columns) || !self.columns.exists(column, column in ['ticker', 'time', 'date', 'lag', 'mid', 'spread', 'slippage'])",
    message =
        "asof takes values of the other source: not its keys, and no column that asof itself gives")
public record Asof(
    @Required
        @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription("Input or analysis to look into, as in quotes.")
        String other,
    @Size(min = 1, max = 16)
        @JsonPropertyDescription("Columns to take from it. Default: bid and ask.")
        List<@Size(min = 1, max = 64) String> columns,
    @JsonPropertyDescription(
            "backward: the last row at or before the time; forward: the first one at or after it; nearest: whichever is closer, of two as close the earlier. Default: backward.")
        Direction direction,
    @Pattern(TimeSpan.PATTERN)
        @Size(max = 7)
        @JsonPropertyDescription("How far away a row may be, as in 5s. Default: any time.")
        String tolerance,
    @JsonPropertyDescription("Whether a row of the very same time counts. Default: true.")
        Boolean allowExact)
    implements AnalysisKind {

  /** Where to look. */
  public enum Direction {
    @JsonProperty("backward")
    BACKWARD,
    @JsonProperty("forward")
    FORWARD,
    @JsonProperty("nearest")
    NEAREST
  }

  public Asof {
    columns = Lists.known(columns, List.of("bid", "ask"));
    direction = Objects.requireNonNullElse(direction, Direction.BACKWARD);
    allowExact = Objects.requireNonNullElse(allowExact, true);
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> read = new TreeSet<>(available);
    read.removeAll(columns);
    read.removeAll(computed());
    return read;
  }

  @Override
  public List<String> with() {
    return List.of(other);
  }

  @Override
  public Set<String> reads(String source, Set<String> available) {
    Set<String> read = new LinkedHashSet<>(KEYS);
    read.addAll(columns);
    if (available.contains("seq")) {
      read.add("seq");
    }
    return read;
  }

  /** Columns that replace those of an earlier asof. */
  private List<String> computed() {
    return takesQuotes() ? List.of("lag", "mid", "spread", "slippage") : List.of("lag");
  }

  /** True when mid and spread can be computed. */
  public boolean takesQuotes() {
    return columns.containsAll(List.of("bid", "ask"));
  }

  /** True when the rows themselves are trades with a side, whose slippage can be computed. */
  public boolean hasTrades(Set<String> available) {
    return reads(available).containsAll(List.of("price", "side"));
  }

  @Override
  public List<String> gives(Set<String> available) {
    List<String> names = new ArrayList<>(Order.canonical(reads(available)));
    names.addAll(columns);
    names.addAll(computed());
    if (!hasTrades(available)) {
      names.remove("slippage");
    }
    return names;
  }
}
