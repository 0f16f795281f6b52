package dev.emroperator.finance.job.kind;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One pass over the rows of each ticker in order of time, with as many rows out as in. Spark's own
 * window functions compute every frame anew.
 */
final class SortedPass {

  /** {@code ticker}, {@code time} and {@code date} come first. */
  static final int KEYS = 3;

  private SortedPass() {}

  /** What is computed: it sees one ticker after the other, and each row once. */
  interface Kernel {

    /** Forgets all, since the next row is the first of another ticker. */
    void begin();

    /**
     * Takes the next row.
     *
     * @param in values of the columns that are read, then what is known of the keys; NaN for null
     * @param out values of the columns that are given; NaN for null
     */
    void row(double[] in, double[] out);
  }

  /** Makes the kernel of a partition, where it runs. */
  interface Maker extends Serializable {
    Kernel make();
  }

  /**
   * Runs a kernel; the result is in order again.
   *
   * @param in columns that it reads
   * @param out columns that it gives, DOUBLE
   */
  static Series of(Series series, List<String> in, List<String> out, Maker maker) {
    return of(series, in, List.of(), out, maker);
  }

  /**
   * Runs a kernel that looks at the keys, too; the result is in order again.
   *
   * @param ofKeys numbers made of {@code ticker}, {@code time} and {@code date}
   */
  static Series of(
      Series series, List<String> in, List<Column> ofKeys, List<String> out, Maker maker) {
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
    ofKeys.forEach(number -> taken.add(number.cast("double")));
    Dataset<Row> sorted = series.sorted(in).select(taken.toArray(Column[]::new));
    int read = in.size() + ofKeys.size();
    int given = out.size();
    SparkSession spark = sorted.sparkSession();
    if (!Internals.haveRows(spark)) {
      return series.inOrder(
          sorted.mapPartitions(
              (MapPartitionsFunction<Row, Row>)
                  rows -> new PassOfRows(rows, maker.make(), read, given),
              Encoders.row(schema)));
    }
    var rows =
        sorted
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(
                partition -> new PassOfInternalRows(partition, maker.make(), read, given));
    return series.inOrder(spark.internalCreateDataFrame(rows.rdd(), schema, false));
  }
}
