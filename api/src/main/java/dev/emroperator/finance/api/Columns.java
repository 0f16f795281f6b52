package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names that the files of an input give to the columns that analyses know. */
public record Columns(
    @Size(max = 128)
        @JsonPropertyDescription(
            "Start of the bar, or time of the trade: a timestamp, a date or ISO 8601 text. Default: time.")
        String time,
    @Size(max = 128) @JsonPropertyDescription("Key of the series. Default: ticker.") String ticker,
    @Size(max = 128) @JsonPropertyDescription("First price. Default: open.") String open,
    @Size(max = 128) @JsonPropertyDescription("Highest price. Default: high.") String high,
    @Size(max = 128) @JsonPropertyDescription("Lowest price. Default: low.") String low,
    @Size(max = 128) @JsonPropertyDescription("Last price. Default: close.") String close,
    @Size(max = 128)
        @JsonPropertyDescription("Shares or contracts traded, whole numbers. Default: volume.")
        String volume) {

  /** Every column under its own name. */
  public static final Columns CANONICAL =
      new Columns("time", "ticker", "open", "high", "low", "close", "volume");

  /** This mapping with the canonical name wherever the user gave none. */
  public Columns orCanonical() {
    return new Columns(
        or(time, "time"),
        or(ticker, "ticker"),
        or(open, "open"),
        or(high, "high"),
        or(low, "low"),
        or(close, "close"),
        or(volume, "volume"));
  }

  /** Canonical name to name in the file, in canonical order. */
  public Map<String, String> byCanonicalName() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("time", time);
    names.put("ticker", ticker);
    names.put("open", open);
    names.put("high", high);
    names.put("low", low);
    names.put("close", close);
    names.put("volume", volume);
    return names;
  }

  private static String or(String given, String canonical) {
    return given == null ? canonical : given;
  }
}
