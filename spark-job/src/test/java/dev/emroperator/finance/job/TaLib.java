package dev.emroperator.finance.job;

import com.tictactec.ta.lib.Core;
import com.tictactec.ta.lib.MAType;
import com.tictactec.ta.lib.MInteger;
import java.util.Arrays;

/** TA-Lib's indicators, each as long as its input and NaN where TA-Lib gives nothing. */
public final class TaLib {

  private TaLib() {}

  /** Fills its last parameters, from the first row that it has values for. */
  private interface Function {
    void run(MInteger begin, MInteger count, double[] out);
  }

  public static double[] ema(double[] prices, int rows) {
    return aligned(
        prices.length,
        (b, n, out) -> new Core().ema(0, prices.length - 1, prices, rows, b, n, out));
  }

  public static double[] rsi(double[] prices, int rows) {
    return aligned(
        prices.length,
        (b, n, out) -> new Core().rsi(0, prices.length - 1, prices, rows, b, n, out));
  }

  public static double[] atr(double[] highs, double[] lows, double[] closes, int rows) {
    return aligned(
        closes.length,
        (b, n, out) -> new Core().atr(0, closes.length - 1, highs, lows, closes, rows, b, n, out));
  }

  /** MACD, signal and histogram. */
  public static double[][] macd(double[] prices, int fast, int slow, int signal) {
    double[][] lines = new double[3][prices.length];
    MInteger begin = new MInteger();
    MInteger count = new MInteger();
    new Core()
        .macd(
            0,
            prices.length - 1,
            prices,
            fast,
            slow,
            signal,
            begin,
            count,
            lines[0],
            lines[1],
            lines[2]);
    return Arrays.stream(lines)
        .map(line -> shifted(line, begin.value, count.value))
        .toArray(double[][]::new);
  }

  /** Lower and upper band, k population deviations around the simple mean. */
  public static double[][] bands(double[] prices, int rows, double k) {
    double[][] lines = new double[3][prices.length];
    MInteger begin = new MInteger();
    MInteger count = new MInteger();
    new Core()
        .bbands(
            0,
            prices.length - 1,
            prices,
            rows,
            k,
            k,
            MAType.Sma,
            begin,
            count,
            lines[1],
            lines[2],
            lines[0]);
    return new double[][] {
      shifted(lines[0], begin.value, count.value), shifted(lines[1], begin.value, count.value)
    };
  }

  private static double[] aligned(int length, Function function) {
    MInteger begin = new MInteger();
    MInteger count = new MInteger();
    double[] out = new double[length];
    function.run(begin, count, out);
    return shifted(out, begin.value, count.value);
  }

  private static double[] shifted(double[] out, int begin, int count) {
    double[] aligned = new double[out.length];
    Arrays.fill(aligned, Double.NaN);
    System.arraycopy(out, 0, aligned, begin, count);
    return aligned;
  }
}
