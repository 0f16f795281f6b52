package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.api.Names;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Prices and volumes as if every split and dividend had been there from the beginning. */
public record Adjust(
    @Required
        @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription(
            "Input of the corporate actions: ticker, time (the ex-date), and split (new shares for one old, as in 2) or dividend (cash for one share), or both.")
        String events,
    @Size(min = 1, max = 2)
        @JsonPropertyDescription("What to adjust for. Default: splits and dividends.")
        List<Action> actions)
    implements AnalysisKind {

  /** A corporate action. */
  public enum Action {
    @JsonProperty("splits")
    SPLITS("split"),
    @JsonProperty("dividends")
    DIVIDENDS("dividend");

    private final String column;

    Action(String column) {
      this.column = column;
    }

    /** Column of the events that tells it. */
    public String column() {
      return column;
    }
  }

  /** Columns that are multiplied by the factor; {@code volume} is divided by that of splits. */
  public static final List<String> PRICES =
      List.of("open", "high", "low", "close", "avgClose", "vwap", "price", "bid", "ask");

  public Adjust {
    List<Action> known =
        actions == null ? List.of() : actions.stream().filter(Objects::nonNull).distinct().toList();
    actions = known.isEmpty() ? List.of(Action.values()) : known;
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> read = new LinkedHashSet<>(PRICES);
    read.add("volume");
    read.retainAll(available);
    // A dividend's factor is relative to the close before it.
    read.add("close");
    return read;
  }

  @Override
  public List<String> with() {
    return List.of(events);
  }

  @Override
  public Set<String> reads(String source, Set<String> available) {
    Set<String> read = new LinkedHashSet<>(KEYS);
    actions.forEach(action -> read.add(action.column()));
    return read;
  }

  @Override
  public List<String> gives(Set<String> available) {
    List<String> names = new ArrayList<>(Order.canonical(reads(available)));
    names.add("factor");
    return names;
  }
}
