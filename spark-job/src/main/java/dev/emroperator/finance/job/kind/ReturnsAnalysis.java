package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Returns;
import dev.emroperator.finance.api.kind.Returns.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Returns from row to row of each ticker. A price that is not greater than 0 has none. */
final class ReturnsAnalysis implements SortedPass.Kernel {

  private final Returns returns;
  private final int open;
  private final int close;

  /** The last prices; that of row {@code i} stands at {@code i % length}. */
  private final double[] past;

  private int rows;
  private double previousClose;

  ReturnsAnalysis(Returns returns) {
    List<String> in = in(returns);
    this.returns = returns;
    this.open = in.indexOf("open");
    this.close = in.indexOf("close");
    this.past = new double[returns.periods().stream().mapToInt(Integer::intValue).max().orElse(1)];
    begin();
  }

  static Series of(Series series, Returns returns) {
    return SortedPass.of(series, in(returns), returns.names(), () -> new ReturnsAnalysis(returns));
  }

  private static List<String> in(Returns returns) {
    return new ArrayList<>(returns.reads(Set.of()));
  }

  @Override
  public void begin() {
    Arrays.fill(past, Double.NaN);
    rows = 0;
    previousClose = Double.NaN;
  }

  @Override
  public void row(double[] in, double[] out) {
    out[0] = in[0];
    int at = 1;
    for (Kind kind : returns.kinds()) {
      switch (kind) {
        case SIMPLE -> {
          for (int period : returns.periods()) {
            out[at++] = simple(in[0], before(period));
          }
        }
        case LOG -> {
          for (int period : returns.periods()) {
            out[at++] = log(in[0], before(period));
          }
        }
        case OVERNIGHT -> out[at++] = simple(in[open], previousClose);
        case INTRADAY -> out[at++] = simple(in[close], in[open]);
      }
    }
    past[rows % past.length] = in[0];
    rows = (rows + 1) % past.length;
    previousClose = close < 0 ? Double.NaN : in[close];
  }

  private double before(int period) {
    return past[(rows + past.length - period) % past.length];
  }

  /** {@code to / from − 1}; NaN where there is none. */
  static double simple(double to, double from) {
    return to > 0 && from > 0 ? finite(to / from - 1) : Double.NaN;
  }

  /** {@code ln(to / from)}; NaN where there is none. */
  static double log(double to, double from) {
    return to > 0 && from > 0 ? finite(Math.log(to / from)) : Double.NaN;
  }

  private static double finite(double value) {
    return Double.isInfinite(value) ? Double.NaN : value;
  }
}
