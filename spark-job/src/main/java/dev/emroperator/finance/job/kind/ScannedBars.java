package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;

import dev.emroperator.finance.api.kind.Bars;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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

  static final StructType PARTIAL =
      new StructType()
          .add("ticker", DataTypes.StringType)
          .add("start", DataTypes.LongType)
          .add("open", DataTypes.DoubleType)
          .add("openTime", DataTypes.LongType)
          .add("high", DataTypes.DoubleType)
          .add("low", DataTypes.DoubleType)
          .add("close", DataTypes.DoubleType)
          .add("closeTime", DataTypes.LongType)
          .add("closes", DataTypes.DoubleType)
          .add("closeCount", DataTypes.LongType)
          .add("volume", DataTypes.LongType)
          .add("turnover", DataTypes.DoubleType)
          .add("turnoverVolume", DataTypes.LongType)
          .add("rows", DataTypes.LongType);

  private static final Column START = expr("timestamp_micros(start)");

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
   * Bars by ticker and start, with the fields as columns; empty where batches can't be had, and for
   * trades, sessions and rows with an order of their own.
   */
  static Optional<Dataset<Row>> of(Series series, Bars bars) {
    boolean isPlain = bars.session() == null && !series.has("price") && !series.has("seq");
    if (!isPlain
        || series.scans().isEmpty()
        || !Internals.haveBatches(series.rows().sparkSession())) {
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
    Column[] fields =
        bars.fields().stream().map(f -> merge(f).as(f.column())).toArray(Column[]::new);
    return Optional.of(
        all.groupBy(col("ticker"), START.as("time"))
            .agg(fields[0], java.util.Arrays.copyOfRange(fields, 1, fields.length)));
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
    JavaRDD<Row> rows = batches.mapPartitions(given -> new BarsOfBatches(given, work));
    SparkSession spark = series.rows().sparkSession();
    return spark.createDataFrame(rows, PARTIAL);
  }

  private static Optional<FileSourceScanExec> leaf(SparkPlan plan) {
    List<SparkPlan> leaves = JavaConverters.seqAsJavaList(plan.collectLeaves());
    return leaves.size() == 1
            && leaves.get(0) instanceof FileSourceScanExec scan
            && scan.supportsColumnar()
        ? Optional.of(scan)
        : Optional.empty();
  }

  private static Column merge(Bars.Field field) {
    return switch (field) {
      case OPEN -> expr("min_by(open, if(open is null, null, struct(openTime, open)))");
      case HIGH -> expr("max(high)");
      case LOW -> expr("min(low)");
      case CLOSE -> expr("max_by(close, if(close is null, null, struct(closeTime, close)))");
      case AVG_CLOSE -> expr("try_divide(sum(closes), sum(closeCount))");
      case VOLUME -> ShareSum.of(col("volume"), col("ticker"), START);
      case VWAP ->
          try_divide(
              sum(col("turnover")), ShareSum.of(col("turnoverVolume"), col("ticker"), START));
      case COUNT -> expr("sum(rows)");
    };
  }

  static ZoneId zone(Work work) {
    return ZoneId.of(work.zone());
  }
}
