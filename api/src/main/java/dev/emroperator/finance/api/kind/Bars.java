package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.io.Serializable;
import java.time.LocalTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Time bars {@code [start, start + every)}, labelled by their start, of each ticker; a period
 * without rows gives no bar. Bars of a day or longer start at midnight of the input's zone, weeks
 * on Monday. Of rows with a price and no close, which are trades, the price is open, high, low and
 * close.
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
        List<Field> fields,
    @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonPropertyDescription(
            "Hours of trading; rows at other times are left out. Default: all.")
        Session session)
    implements AnalysisKind {

  /**
   * Times of day between which a market trades, in the input's zone: at or after {@code open} and
   * before {@code close}.
   */
  @ValidationRule(value = "self.open < self.close", message = "a session opens before it closes")
  public record Session(
      @Required
          @Pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$")
          @Size(max = 5)
          @JsonPropertyDescription("First minute, as in 09:30.")
          String open,
      @Required
          @Pattern("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")
          @Size(max = 5)
          @JsonPropertyDescription("First minute after it, as in 16:00; 24:00 is the day's end.")
          String close)
      implements Serializable {

    /** Seconds from 00:00 on the clock to the opening. */
    public int openSecond() {
      return second(open);
    }

    /** Seconds from 00:00 on the clock to the close. */
    public int closeSecond() {
      return second(close);
    }

    private static int second(String time) {
      return time.equals("24:00") ? 24 * 60 * 60 : LocalTime.parse(time).toSecondOfDay();
    }
  }

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
     * Volume-weighted average price: sum of p·v / sum of v, where p is the price of a trade, or
     * else vwap or (high+low+close)/3.
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
  private static final Set<String> PRICES = Set.of("open", "high", "low", "close", "vwap");

  public Bars {
    fields = Lists.known(fields, OHLCV);
  }

  /** True where a bar holds more than one day. */
  public boolean areLongerThanADay() {
    return every.matches("[0-9]+(w|mo)|(?!1d)[0-9]+d");
  }

  /** Bars of every hour of the day. */
  public Bars(String every, List<Field> fields) {
    this(every, fields, null);
  }

  /** True when rows with these columns are trades. */
  public static boolean areTrades(Set<String> available) {
    return available.contains("price") && !available.contains("close");
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> columns = new LinkedHashSet<>();
    fields.forEach(field -> columns.add(field.source));
    columns.remove("time");
    if (fields.contains(Field.VWAP)) {
      columns.addAll(available.contains("vwap") ? Set.of("vwap") : List.of("high", "low", "close"));
    }
    if (areTrades(available) && columns.removeAll(PRICES)) {
      columns.add("price");
    }
    boolean hasOrder = fields.contains(Field.OPEN) || fields.contains(Field.CLOSE);
    if (hasOrder && available.contains("seq")) {
      columns.add("seq");
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
