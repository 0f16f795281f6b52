package dev.emroperator.finance.job.kind;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One pass over the rows of each ticker in order of time, with as many rows out as in. Spark's own
 * window functions compute every frame anew.
 */
final class SortedPass {

  private static final int KEYS = 3;

  private SortedPass() {}

  /** What is computed: it sees one ticker after the other, and each row once. */
  interface Kernel {

    /** Forgets all, since the next row is the first of another ticker. */
    void begin();

    /**
     * Takes the next row.
     *
     * @param in values of the columns that are read; NaN for null
     * @param out values of the columns that are given; NaN for null
     */
    void row(double[] in, double[] out);
  }

  /** Makes the kernel of a partition, where it runs. */
  interface Maker extends Serializable {
    Kernel make();
  }

  /**
   * Runs a kernel.
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
    in.forEach(name -> taken.add(functions.col(name).cast("double").as(name)));
    int read = in.size();
    int given = out.size();
    return series
        .sorted(in)
        .select(taken.toArray(Column[]::new))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new Pass(rows, maker.make(), read, given),
            Encoders.row(schema));
  }

  /** The rows of a partition. */
  private static final class Pass implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Kernel kernel;
    private final double[] in;
    private final double[] out;
    private String ticker;

    Pass(Iterator<Row> rows, Kernel kernel, int read, int given) {
      this.rows = rows;
      this.kernel = kernel;
      this.in = new double[read];
      this.out = new double[given];
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      Row row = rows.next();
      if (!row.getString(0).equals(ticker)) {
        ticker = row.getString(0);
        kernel.begin();
      }
      for (int i = 0; i < in.length; i++) {
        in[i] = row.isNullAt(KEYS + i) ? Double.NaN : row.getDouble(KEYS + i);
      }
      kernel.row(in, out);
      Object[] made = new Object[KEYS + out.length];
      for (int i = 0; i < KEYS; i++) {
        made[i] = row.get(i);
      }
      for (int i = 0; i < out.length; i++) {
        made[KEYS + i] = Double.isNaN(out[i]) ? null : (Object) out[i];
      }
      return RowFactory.create(made);
    }
  }
}
