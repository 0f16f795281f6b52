package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Indicators;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Indicators of each ticker. A row without a price gets none, and the next goes on as if it were
 * not there.
 */
final class IndicatorsAnalysis implements SortedPass.Kernel {

  private final List<Ema> emas;
  private final List<Rsi> rsis;
  private final List<Atr> atrs;
  private final MacdLines macd;
  private final int high;
  private final int low;
  private final int close;

  IndicatorsAnalysis(Indicators indicators) {
    List<String> in = in(indicators);
    emas = indicators.ema().stream().map(Ema::new).toList();
    rsis = indicators.rsi().stream().map(Rsi::new).toList();
    atrs = indicators.atr().stream().map(Atr::new).toList();
    macd = indicators.macd() == null ? null : new MacdLines(indicators.macd());
    high = in.indexOf("high");
    low = in.indexOf("low");
    close = in.indexOf("close");
  }

  static Series of(Series series, Indicators indicators) {
    return SortedPass.of(
        series, in(indicators), indicators.names(), () -> new IndicatorsAnalysis(indicators));
  }

  private static List<String> in(Indicators indicators) {
    return new ArrayList<>(indicators.reads(Set.of()));
  }

  @Override
  public void begin() {
    emas.forEach(Ema::clear);
    rsis.forEach(Rsi::clear);
    atrs.forEach(Atr::clear);
    if (macd != null) {
      macd.clear();
    }
  }

  @Override
  public void row(double[] in, double[] out) {
    Arrays.fill(out, Double.NaN);
    double price = in[0];
    out[0] = price;
    boolean hasPrice = !Double.isNaN(price);
    int at = 1;
    for (Ema ema : emas) {
      out[at++] = hasPrice ? ema.add(price) : Double.NaN;
    }
    for (Rsi rsi : rsis) {
      out[at++] = hasPrice ? rsi.add(price) : Double.NaN;
    }
    boolean hasBar = !atrs.isEmpty() && !Double.isNaN(in[high] + in[low] + in[close]);
    for (Atr atr : atrs) {
      out[at++] = hasBar ? atr.add(in[high], in[low], in[close]) : Double.NaN;
    }
    if (macd != null && hasPrice) {
      macd.add(price, out, at);
    }
  }
}
