package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Quality.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * Median absolute deviation of the log returns of each ticker: median |r − median r|. Holds 8 bytes
 * for each row of one ticker.
 *
 * <p>Rows in are those of {@link SequenceRules}; a row out is the ticker and its deviation.
 */
final class Deviations implements TickerPass.Kernel {

  private final int close;
  private DoubleStream.Builder returns;
  private String ticker;
  private double lastPrice;

  Deviations(List<String> columns) {
    this.close = columns.indexOf("close");
  }

  @Override
  public void begin(String next) {
    ticker = next;
    returns = DoubleStream.builder();
    lastPrice = Double.NaN;
  }

  @Override
  public void row(Object[] row, Consumer<Object[]> out) {
    if (row[close] == null
        || SequenceRules.breaks(row, Rule.DUPLICATE)
        || SequenceRules.breaks(row, Rule.KEY)) {
      return;
    }
    double price = ((Number) row[close]).doubleValue();
    double move = logReturn(lastPrice, price);
    if (!Double.isNaN(move)) {
      returns.add(move);
    }
    lastPrice = isPrice(price) ? price : lastPrice;
  }

  @Override
  public void end(Consumer<Object[]> out) {
    double deviation = of(returns.build().toArray());
    // Where more than half of the returns are equal, every other one would be a jump.
    if (deviation > 0) {
      out.accept(new Object[] {ticker, deviation});
    }
  }

  static boolean isPrice(double price) {
    return price > 0 && Double.isFinite(price);
  }

  /** ln(price / last); NaN where either is no price. */
  static double logReturn(double last, double price) {
    return isPrice(last) && isPrice(price) ? Math.log(price / last) : Double.NaN;
  }

  /** Median absolute deviation; NaN of nothing. */
  static double of(double[] values) {
    double middle = median(values);
    return median(Arrays.stream(values).map(value -> Math.abs(value - middle)).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
