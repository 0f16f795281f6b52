package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.expr;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * One pass over the rows of each ticker in order of time, with any number of rows out, of any
 * types. Where rows in are rows out and all values are numbers, {@link SortedPass} is faster.
 */
final class TickerPass {

  private TickerPass() {}

  /** What is made: it sees one ticker after the other, and each row once. The ticker is first. */
  interface Kernel {

    /**
     * Forgets all, since the next row is the first of another ticker.
     *
     * @param ticker null for rows without one, which only quality meets
     */
    void begin(String ticker);

    /** Takes the next row, and puts out rows that are known by now. */
    void row(Object[] row, Consumer<Object[]> out);

    /** Puts out what is left of the ticker. */
    void end(Consumer<Object[]> out);
  }

  /** Makes the kernel of a partition, where it runs. */
  interface Maker extends Serializable {
    Kernel make();
  }

  /**
   * Runs a kernel.
   *
   * @param ordered all rows of a ticker together and in the order that the kernel wants
   * @param given columns of the rows that it puts out
   */
  static Dataset<Row> of(Dataset<Row> ordered, StructType given, Maker maker) {
    return ordered.mapPartitions(
        (MapPartitionsFunction<Row, Row>) rows -> new Pass(rows, maker.make()),
        Encoders.row(given));
  }

  /** Rows with {@code time} as microseconds since 1970, which no zone of a JVM can shift. */
  static Dataset<Row> withMicros(Dataset<Row> rows) {
    return rows.withColumn("time", expr("unix_micros(time)"));
  }

  /** The way back: an instant again. */
  static Dataset<Row> withInstant(Dataset<Row> rows) {
    return rows.withColumn("time", expr("timestamp_micros(time)"));
  }

  /** The rows of a partition. */
  private static final class Pass implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Kernel kernel;
    private final Queue<Row> made = new ArrayDeque<>();
    private final Consumer<Object[]> out =
        row -> made.add(RowFactory.create(Arrays.copyOf(row, row.length)));
    private boolean hasBegun;
    private String ticker;

    Pass(Iterator<Row> rows, Kernel kernel) {
      this.rows = rows;
      this.kernel = kernel;
    }

    @Override
    public boolean hasNext() {
      while (made.isEmpty() && rows.hasNext()) {
        take(rows.next());
        if (!rows.hasNext()) {
          kernel.end(out);
        }
      }
      return !made.isEmpty();
    }

    private void take(Row row) {
      Object[] values = new Object[row.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(i);
      }
      if (!hasBegun || !Objects.equals(values[0], ticker)) {
        if (hasBegun) {
          kernel.end(out);
        }
        hasBegun = true;
        ticker = (String) values[0];
        kernel.begin(ticker);
      }
      kernel.row(values, out);
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      return made.remove();
    }
  }
}
