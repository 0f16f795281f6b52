package dev.emroperator.finance.job.kind;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * Returns of a ticker at each of the times that all share; NaN where it has none.
 *
 * @param index of the ticker
 */
record DenseReturns(int index, double[] returns) implements Serializable {

  /**
   * One for each ticker of a partition.
   *
   * @param rows ticker, microseconds and return; those of a ticker together and in order of time
   * @param times microseconds, sorted; returns at other times are left out
   */
  static Iterator<DenseReturns> of(Iterator<Row> rows, Map<String, Integer> indices, long[] times) {
    return new Tickers(rows, indices, times);
  }

  private static final class Tickers implements Iterator<DenseReturns> {
    private final Iterator<Row> rows;
    private final Map<String, Integer> indices;
    private final long[] times;
    private Row row;

    Tickers(Iterator<Row> rows, Map<String, Integer> indices, long[] times) {
      this.rows = rows;
      this.indices = indices;
      this.times = times;
      this.row = read();
    }

    private Row read() {
      return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return row != null;
    }

    @Override
    public DenseReturns next() {
      if (row == null) {
        throw new NoSuchElementException();
      }
      String ticker = row.getString(0);
      double[] returns = new double[times.length];
      Arrays.fill(returns, Double.NaN);
      int at = 0;
      while (row != null && row.getString(0).equals(ticker)) {
        while (at < times.length && times[at] < row.getLong(1)) {
          at++;
        }
        if (at < times.length && times[at] == row.getLong(1)) {
          returns[at] = row.isNullAt(2) ? Double.NaN : row.getDouble(2);
        }
        row = read();
      }
      return new DenseReturns(indices.get(ticker), returns);
    }
  }
}
