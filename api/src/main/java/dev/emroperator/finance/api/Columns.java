package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names that the files of an input give to the columns that analyses know. */
public record Columns(
    @Size(max = 128)
        @JsonPropertyDescription(
            "Start of the bar, or time of the trade or event: a timestamp, a date or ISO 8601 text. Default: time.")
        String time,
    @Size(max = 128) @JsonPropertyDescription("Key of the series. Default: ticker.") String ticker,
    @Size(max = 128) @JsonPropertyDescription("First price. Default: open.") String open,
    @Size(max = 128) @JsonPropertyDescription("Highest price. Default: high.") String high,
    @Size(max = 128) @JsonPropertyDescription("Lowest price. Default: low.") String low,
    @Size(max = 128) @JsonPropertyDescription("Last price. Default: close.") String close,
    @Size(max = 128)
        @JsonPropertyDescription("Shares or contracts traded, whole numbers. Default: volume.")
        String volume,
    @Size(max = 128)
        @JsonPropertyDescription("Volume-weighted average price of the bar. Default: vwap.")
        String vwap,
    @Size(max = 128) @JsonPropertyDescription("Price of a trade. Default: price.") String price,
    @Size(max = 128) @JsonPropertyDescription("Highest price that is offered. Default: bid.")
        String bid,
    @Size(max = 128) @JsonPropertyDescription("Lowest price that is asked for. Default: ask.")
        String ask,
    @Size(max = 128)
        @JsonPropertyDescription(
            "Who began a trade: buy, b or 1 for the buyer, sell, s or -1 for the seller. Default: side.")
        String side,
    @Size(max = 128)
        @JsonPropertyDescription("Order of rows with the same time, whole numbers. Default: seq.")
        String seq,
    @Size(max = 128)
        @JsonPropertyDescription("New shares for one old one, as in 2. Default: split.")
        String split,
    @Size(max = 128) @JsonPropertyDescription("Cash for one share. Default: dividend.")
        String dividend,
    @Size(max = 128)
        @JsonPropertyDescription("Market capitalisation, as a weight. Default: marketCap.")
        String marketCap) {

  /** Every column under its own name. */
  public static final Columns CANONICAL =
      new Columns(
              null, null, null, null, null, null, null, null, null, null, null, null, null, null,
              null, null)
          .orCanonical();

  /** Names of the columns of bars only. */
  public static Columns ofBars(
      String time,
      String ticker,
      String open,
      String high,
      String low,
      String close,
      String volume) {
    return new Columns(
        time, ticker, open, high, low, close, volume, null, null, null, null, null, null, null,
        null, null);
  }

  /** This mapping with the canonical name wherever the user gave none. */
  public Columns orCanonical() {
    return new Columns(
        or(time, "time"),
        or(ticker, "ticker"),
        or(open, "open"),
        or(high, "high"),
        or(low, "low"),
        or(close, "close"),
        or(volume, "volume"),
        or(vwap, "vwap"),
        or(price, "price"),
        or(bid, "bid"),
        or(ask, "ask"),
        or(side, "side"),
        or(seq, "seq"),
        or(split, "split"),
        or(dividend, "dividend"),
        or(marketCap, "marketCap"));
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
    names.put("vwap", vwap);
    names.put("price", price);
    names.put("bid", bid);
    names.put("ask", ask);
    names.put("side", side);
    names.put("seq", seq);
    names.put("split", split);
    names.put("dividend", dividend);
    names.put("marketCap", marketCap);
    return names;
  }

  private static String or(String given, String canonical) {
    return given == null ? canonical : given;
  }
}
