package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.job.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.LazilyGeneratedOrdering;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.execution.UnsafeExternalRowSorter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.collection.unsafe.sort.PrefixComparators;
import scala.collection.JavaConverters;

/**
 * Sorts partitions whose order begins with ticker and time. Spark's own sort first compares the
 * beginning of the ticker, which most rows share, and then whole rows all over the memory; here
 * {@link TickerPrefix} nearly always tells.
 */
final class TickerSort {

  /** Rows are ten times as large in memory as on their way through a shuffle. */
  private static final String TASK_SIZE = "32m";

  private TickerSort() {}

  /**
   * Each partition in order.
   *
   * @param order {@code ticker}, {@code time}, and any further columns
   */
  static Dataset<Row> of(Dataset<Row> rows, Column... order) {
    Dataset<Row> plain = rows.sortWithinPartitions(order);
    SparkSession spark = rows.sparkSession();
    if (!Internals.haveSort(spark)
        || !(plain.queryExecution().analyzed() instanceof Sort sort)
        || !sort.child().output().equals(rows.queryExecution().analyzed().output())) {
      return plain;
    }
    StructType schema = rows.schema();
    var ordering = new LazilyGeneratedOrdering(sort.order(), sort.child().output());
    int ticker = schema.fieldIndex("ticker");
    int time = schema.fieldIndex("time");
    var sorted =
        shuffled(rows)
            .toJavaRDD()
            .mapPartitions(partition -> sorted(partition, schema, ordering, ticker, time));
    return spark.internalCreateDataFrame(sorted.rdd(), schema, false);
  }

  /** In parts that fit into the memory of a task, unless the user wants parts of another size. */
  private static RDD<InternalRow> shuffled(Dataset<Row> rows) {
    RuntimeConfig conf = rows.sparkSession().conf();
    if (!Session.USUAL_TASK_SIZE.equals(conf.get(Session.TASK_SIZE, ""))) {
      return rows.queryExecution().toRdd();
    }
    conf.set(Session.TASK_SIZE, TASK_SIZE);
    try {
      return rows.queryExecution().toRdd();
    } finally {
      conf.set(Session.TASK_SIZE, Session.USUAL_TASK_SIZE);
    }
  }

  private static Iterator<InternalRow> sorted(
      Iterator<InternalRow> rows,
      StructType schema,
      LazilyGeneratedOrdering ordering,
      int ticker,
      int time) {
    try {
      UnsafeExternalRowSorter sorter =
          UnsafeExternalRowSorter.create(
              schema,
              ordering,
              PrefixComparators.STRING,
              new TickerPrefix(ticker, time),
              SparkEnv.get().memoryManager().pageSizeBytes(),
              false);
      while (rows.hasNext()) {
        sorter.insertRow((UnsafeRow) rows.next());
      }
      return JavaConverters.asJavaIterator(sorter.sort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
