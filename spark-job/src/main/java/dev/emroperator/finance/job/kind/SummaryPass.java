package dev.emroperator.finance.job.kind;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** One pass over the rows of each ticker in order of time, with one row out for each ticker. */
final class SummaryPass {

  private static final int KEYS = 3;

  private SummaryPass() {}

  /** What is computed: it sees one ticker after the other, and each row once. */
  interface Kernel {

    /** Forgets all, since the next row is the first of another ticker. */
    void begin();

    /**
     * Takes the next row.
     *
     * @param in values of the columns that are read; NaN for null
     */
    void row(double[] in);

    /**
     * Tells what came of all rows of the ticker.
     *
     * @param out values of the columns that are given; NaN for null
     */
    void end(double[] out);
  }

  /** Makes the kernel of a partition, where it runs. */
  interface Maker extends Serializable {
    Kernel make();
  }

  /**
   * Runs a kernel; each row out has the time and date of the last row of its ticker.
   *
   * @param in columns that it reads
   * @param out columns that it gives, DOUBLE
   */
  static Dataset<Row> of(Series series, List<String> in, List<String> out, Maker maker) {
    StructType schema =
        new StructType()
            .add("ticker", DataTypes.StringType)
            .add("time", DataTypes.TimestampType)
            .add("date", DataTypes.DateType);
    for (String name : out) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    List<Column> taken =
        new ArrayList<>(
            List.of(functions.col("ticker"), functions.col("time"), functions.col("date")));
    in.forEach(name -> taken.add(Series.column(name).cast("double").as(name)));
    int read = in.size();
    int given = out.size();
    return series
        .sorted(in)
        .select(taken.toArray(Column[]::new))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new Pass(rows, maker.make(), read, given),
            Encoders.row(schema));
  }

  /** The tickers of a partition. */
  private static final class Pass implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Kernel kernel;
    private final double[] in;
    private final double[] out;

    /** First row of the next ticker; null when there is none. */
    private Row ahead;

    Pass(Iterator<Row> rows, Kernel kernel, int read, int given) {
      this.rows = rows;
      this.kernel = kernel;
      this.in = new double[read];
      this.out = new double[given];
      this.ahead = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public Row next() {
      if (ahead == null) {
        throw new NoSuchElementException();
      }
      String ticker = ahead.getString(0);
      Row last = ahead;
      kernel.begin();
      while (ahead != null && ticker.equals(ahead.getString(0))) {
        last = ahead;
        for (int i = 0; i < in.length; i++) {
          in[i] = last.isNullAt(KEYS + i) ? Double.NaN : last.getDouble(KEYS + i);
        }
        kernel.row(in);
        ahead = rows.hasNext() ? rows.next() : null;
      }
      kernel.end(out);
      Object[] made = new Object[KEYS + out.length];
      for (int i = 0; i < KEYS; i++) {
        made[i] = last.get(i);
      }
      for (int i = 0; i < out.length; i++) {
        made[KEYS + i] = Double.isNaN(out[i]) ? null : (Object) out[i];
      }
      return RowFactory.create(made);
    }
  }
}
