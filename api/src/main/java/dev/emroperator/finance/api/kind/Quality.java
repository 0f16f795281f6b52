package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Rows that break no rule; the others go to a quarantine beside the result, with their reasons. */
public record Quality(
    @Size(min = 1, max = 8)
        @JsonPropertyDescription(
            "Rules that a row must keep. Default: price, range, volume, duplicate and key.")
        List<Rule> rules,
    @Min(1)
        @Max(1_000)
        @JsonPropertyDescription(
            "Rule jump: the most that the absolute log return of a close may be, in median absolute deviations of its ticker. Default: 20.")
        Double jump,
    @Min(2)
        @Max(10_000)
        @JsonPropertyDescription(
            "Rule stale: this many equal closes in a row are stale from that row on. Default: 10.")
        Integer stale,
    @Min(0)
        @Max(1)
        @JsonPropertyDescription(
            "Share of bad rows above which the analysis fails, as in 0.01. Default: 1, so never.")
        Double maxBadRatio)
    implements AnalysisKind {

  /** A rule; its mask is 2 to the power of its place in this list. */
  public enum Rule {
    /** A price that is there is a finite number greater than 0. */
    @JsonProperty("price")
    PRICE,
    /** {@code low} ≤ {@code open}, {@code close} ≤ {@code high}, as far as they are there. */
    @JsonProperty("range")
    RANGE,
    /** {@code volume} ≥ 0. */
    @JsonProperty("volume")
    VOLUME,
    /**
     * One row for each ticker and time, and {@code seq} where there is one: of equal rows one
     * stays, of different ones none.
     */
    @JsonProperty("duplicate")
    DUPLICATE,
    /** The absolute log return of the close is within {@code jump} deviations. */
    @JsonProperty("jump")
    JUMP,
    /** Fewer than {@code stale} equal closes in a row. */
    @JsonProperty("stale")
    STALE,
    /** Not on a Saturday or Sunday. */
    @JsonProperty("weekday")
    WEEKDAY,
    /** {@code ticker} and {@code time} are there. Anywhere else a row without them is an error. */
    @JsonProperty("key")
    KEY;

    /** Bit of this rule in {@code reasons}. */
    public int mask() {
      return 1 << ordinal();
    }
  }

  /** Column of the quarantine with the sum of the masks of the broken rules. */
  public static final String REASONS = "reasons";

  private static final List<Rule> DEFAULT =
      List.of(Rule.PRICE, Rule.RANGE, Rule.VOLUME, Rule.DUPLICATE, Rule.KEY);
  private static final Set<String> PRICES = Set.of("open", "high", "low", "close");

  public Quality {
    List<Rule> known =
        rules == null ? List.of() : rules.stream().filter(Objects::nonNull).distinct().toList();
    rules = known.isEmpty() ? DEFAULT : known;
    jump = Objects.requireNonNullElse(jump, 20.0);
    stale = Objects.requireNonNullElse(stale, 10);
    maxBadRatio = Objects.requireNonNullElse(maxBadRatio, 1.0);
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> read = new java.util.TreeSet<>(available);
    if (rules.contains(Rule.RANGE)) {
      read.addAll(PRICES);
    }
    if (rules.contains(Rule.VOLUME)) {
      read.add("volume");
    }
    if (rules.contains(Rule.JUMP) || rules.contains(Rule.STALE)) {
      read.add("close");
    }
    return read;
  }

  @Override
  public List<String> gives(Set<String> available) {
    return new ArrayList<>(Order.canonical(available));
  }
}
