package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Time bars {@code [start, start + every)}, labelled by their start, of each ticker; a period
 * without rows gives no bar. Bars of a day or longer start at midnight of the input's zone, weeks
 * on Monday.
 */
public record Bars(
    @Required
        @Pattern("^[1-9][0-9]{0,2}(m|h|d|w|mo)$")
        @Size(max = 5)
        @JsonPropertyDescription(
            "Length of a bar: minutes m, hours h, days d, weeks w or months mo, as in 5m, 1d or 1mo.")
        String every,
    @Size(min = 1, max = 8)
        @JsonPropertyDescription("What each bar holds. Default: open, high, low, close, volume.")
        List<Field> fields)
    implements AnalysisKind {

  /** A number that a bar can hold. */
  public enum Field {
    @JsonProperty("open")
    OPEN("open", "open"),
    @JsonProperty("high")
    HIGH("high", "high"),
    @JsonProperty("low")
    LOW("low", "low"),
    @JsonProperty("close")
    CLOSE("close", "close"),
    /** Unweighted mean of the closes within the bar. */
    @JsonProperty("avgClose")
    AVG_CLOSE("avgClose", "close"),
    /** Sum of the volumes; a sum beyond 64 bits fails the analysis. */
    @JsonProperty("volume")
    VOLUME("volume", "volume"),
    /**
     * Volume-weighted average price: sum of p·v / sum of v, where p is vwap or (high+low+close)/3.
     */
    @JsonProperty("vwap")
    VWAP("vwap", "volume"),
    /** Number of rows in the bar. */
    @JsonProperty("count")
    COUNT("count", "time");

    private final String column;
    private final String source;

    Field(String column, String source) {
      this.column = column;
      this.source = source;
    }

    /** Name of the column in the result. */
    public String column() {
      return column;
    }
  }

  private static final List<Field> OHLCV =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME);

  public Bars {
    // A field that only a newer version knows is read as null.
    List<Field> known =
        fields == null ? List.of() : fields.stream().filter(Objects::nonNull).distinct().toList();
    fields = known.isEmpty() ? OHLCV : known;
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> columns = new LinkedHashSet<>();
    fields.forEach(field -> columns.add(field.source));
    columns.remove("time");
    if (fields.contains(Field.VWAP)) {
      columns.addAll(available.contains("vwap") ? Set.of("vwap") : List.of("high", "low", "close"));
    }
    return columns;
  }

  @Override
  public List<String> gives(Set<String> available) {
    return names();
  }

  /** Names of the columns of the result, in order. */
  public List<String> names() {
    return fields.stream().map(Field::column).toList();
  }
}
