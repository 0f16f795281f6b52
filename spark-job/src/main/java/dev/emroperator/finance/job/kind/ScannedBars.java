package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;

import dev.emroperator.finance.api.kind.Bars;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.JavaConverters;

/**
 * Bars straight from the batches of Parquet columns that Spark decodes: a row is added where its
 * bar stands, and is never made. Each task gives a partial bar for each ticker and start; they are
 * put together as rows of bars are anywhere.
 */
final class ScannedBars {

  private ScannedBars() {}

  /** What a task needs to know. */
  record Work(
      Map<String, Integer> columns,
      Map<String, String> names,
      Set<Bars.Field> fields,
      String every,
      String zone,
      long from,
      long until)
      implements Serializable {}

  /**
   * Bars in order of ticker and start, with the fields as columns; empty where batches can't be
   * had, and for trades, sessions and rows with an order of their own.
   */
  static Optional<Series> of(Series series, Bars bars) {
    boolean isPlain = bars.session() == null && !series.has("price") && !series.has("seq");
    if (!isPlain
        || series.scans().isEmpty()
        || !Internals.haveBatches(series.rows().sparkSession())
        || !Internals.haveRows(series.rows().sparkSession())) {
      return Optional.empty();
    }
    List<Dataset<Row>> partial = new ArrayList<>();
    for (Scan scan : series.scans()) {
      Optional<FileSourceScanExec> leaf = leaf(scan.rows().queryExecution().executedPlan());
      if (leaf.isEmpty()) {
        return Optional.empty();
      }
      partial.add(partial(series, bars, scan, leaf.get()));
    }
    Dataset<Row> all = partial.stream().reduce(Dataset::union).orElseThrow();
    return Optional.of(joined(all, series, bars));
  }

  private static Series joined(Dataset<Row> partial, Series series, Bars bars) {
    Dataset<Row> sorted =
        TickerSort.of(
            partial.repartition(col("ticker")),
            // Beyond the keys only so that the order of adding is always the same.
            Stream.of("ticker", "time", "closes", "turnover")
                .map(Series::column)
                .toArray(Column[]::new));
    StructType schema =
        new StructType().add("ticker", DataTypes.StringType).add("time", DataTypes.TimestampType);
    for (Bars.Field field : bars.fields()) {
      boolean isWhole = field == Bars.Field.VOLUME || field == Bars.Field.COUNT;
      schema = schema.add(field.column(), isWhole ? DataTypes.LongType : DataTypes.DoubleType);
    }
    List<Bars.Field> fields = List.copyOf(bars.fields());
    JavaRDD<InternalRow> whole =
        sorted
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(partials -> new JoinedBars(partials, fields));
    return series.inOrder(
        sorted.sparkSession().internalCreateDataFrame(whole.rdd(), schema, false));
  }

  private static Dataset<Row> partial(
      Series series, Bars bars, Scan scan, FileSourceScanExec leaf) {
    Map<String, Integer> columns = new HashMap<>();
    List<Attribute> output = JavaConverters.seqAsJavaList(leaf.output());
    scan.names()
        .forEach(
            (ours, theirs) -> {
              for (int i = 0; i < output.size(); i++) {
                if (output.get(i).name().equalsIgnoreCase(theirs)) {
                  columns.put(ours, i);
                }
              }
            });
    Work work =
        new Work(
            columns,
            scan.names(),
            Set.copyOf(bars.fields()),
            bars.every(),
            series.zone(),
            scan.from(),
            scan.until());
    JavaRDD<ColumnarBatch> batches = leaf.executeColumnar().toJavaRDD();
    JavaRDD<InternalRow> rows = batches.mapPartitions(given -> new BarsOfBatches(given, work));
    SparkSession spark = series.rows().sparkSession();
    return spark.internalCreateDataFrame(rows.rdd(), PartialBar.SCHEMA, false);
  }

  private static Optional<FileSourceScanExec> leaf(SparkPlan plan) {
    List<SparkPlan> leaves = JavaConverters.seqAsJavaList(plan.collectLeaves());
    return leaves.size() == 1
            && leaves.get(0) instanceof FileSourceScanExec scan
            && scan.supportsColumnar()
        ? Optional.of(scan)
        : Optional.empty();
  }

  static ZoneId zone(Work work) {
    return ZoneId.of(work.zone());
  }
}
