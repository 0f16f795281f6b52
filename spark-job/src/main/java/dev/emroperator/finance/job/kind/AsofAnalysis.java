package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;

import dev.emroperator.finance.api.kind.Asof;
import dev.emroperator.finance.api.kind.Asof.Direction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Each row with the row of another source that held at its time. Both are sorted and merged
 * partition by partition, without a union of the two and a window over it.
 */
final class AsofAnalysis {

  /** Microseconds of the row, and of the other one. */
  private static final String TIME = "__time";

  private static final String OTHER = "__other";

  private AsofAnalysis() {}

  static Series of(Series series, Asof asof, Map<String, Series> with) {
    Set<String> own = new LinkedHashSet<>(asof.gives(series.values()));
    own.retainAll(asof.reads(series.values()));
    boolean byTime =
        asof.direction() != Direction.NEAREST && Internals.haveRows(series.rows().sparkSession());
    Dataset<Row> merged =
        byTime
            ? mergedByTime(series, asof, own, with.get(asof.other()))
            : mergedByTicker(series, asof, own, with.get(asof.other()));
    return series.withRows(finished(merged, asof, series));
  }

  /** All tickers at once, which needs an order of time only. Nearest would have to wait. */
  private static Dataset<Row> mergedByTime(
      Series series, Asof asof, Set<String> own, Series other) {
    SparkSession spark = series.rows().sparkSession();
    int partitions = spark.sessionState().conf().numShufflePartitions();
    Column order = asof.direction() == Direction.BACKWARD ? col(TIME).asc() : col(TIME).desc();
    Set<String> taken = new LinkedHashSet<>();
    if (other.has("seq")) {
      taken.add("seq");
    }
    taken.addAll(asof.columns());
    Dataset<Row> left =
        keyed(series, own).repartition(partitions, col("ticker")).sortWithinPartitions(order);
    Dataset<Row> right =
        keyed(other, taken).repartition(partitions, col("ticker")).sortWithinPartitions(order);
    StructType rightSchema = right.schema();
    StructType schema = left.schema().add("__ticker", DataTypes.StringType);
    schema = schema.add(OTHER, DataTypes.LongType);
    for (String column : taken) {
      boolean isOrderOnly = !asof.columns().contains(column);
      schema = schema.add(isOrderOnly ? "__seq" : column, rightSchema.apply(column).dataType());
    }
    JavaRDD<InternalRow> merged =
        partitioned(left.queryExecution().toRdd().toJavaRDD(), partitions)
            .zipPartitions(
                partitioned(right.queryExecution().toRdd().toJavaRDD(), partitions),
                (lefts, rights) -> new AsofByTime(lefts, rights, asof, rightSchema));
    return spark.internalCreateDataFrame(merged.rdd(), schema, false);
  }

  private static Dataset<Row> mergedByTicker(
      Series series, Asof asof, Set<String> own, Series other) {
    SparkSession spark = series.rows().sparkSession();
    int partitions = spark.sessionState().conf().numShufflePartitions();
    Dataset<Row> left = left(series, own, partitions);
    Dataset<Row> right = right(other, asof, partitions);
    StructType schema = left.schema().add(OTHER, DataTypes.LongType);
    for (String column : asof.columns()) {
      schema = schema.add(column, right.schema().apply(column).dataType());
    }
    JavaRDD<Row> merged =
        partitioned(left.toJavaRDD(), partitions)
            .zipPartitions(
                partitioned(right.toJavaRDD(), partitions),
                (lefts, rights) -> new AsofRows(lefts, rights, asof));
    return spark.createDataFrame(merged, schema);
  }

  private static Dataset<Row> left(Series series, Set<String> own, int partitions) {
    return keyed(series, own)
        .repartition(partitions, col("ticker"))
        .sortWithinPartitions("ticker", TIME);
  }

  /** Rows of the same time are in the order of {@code seq}, then of their values. */
  private static Dataset<Row> right(Series other, Asof asof, int partitions) {
    Set<String> taken = new LinkedHashSet<>(asof.columns());
    List<Column> order = new ArrayList<>(List.of(col("ticker"), col(TIME)));
    if (other.has("seq")) {
      taken.add("seq");
      order.add(col("seq"));
    }
    asof.columns().forEach(column -> order.add(quoted(column)));
    return keyed(other, taken)
        .repartition(partitions, col("ticker"))
        .sortWithinPartitions(order.toArray(Column[]::new))
        .select(columns(Stream.of(col("ticker").cast("binary"), col(TIME)), asof.columns()));
  }

  private static Dataset<Row> keyed(Series series, Set<String> columns) {
    Column micros = expr("unix_micros(time)").as(TIME);
    return series.rows().select(columns(Stream.of(col("ticker"), micros), columns));
  }

  private static Column[] columns(Stream<Column> keys, Iterable<String> names) {
    List<Column> all = new ArrayList<>(keys.toList());
    names.forEach(name -> all.add(quoted(name)));
    return all.toArray(Column[]::new);
  }

  private static Column quoted(String name) {
    return Series.column(name);
  }

  /** Spark may plan what it knows to be empty with any number of partitions. */
  private static <T> JavaRDD<T> partitioned(JavaRDD<T> rows, int partitions) {
    if (rows.getNumPartitions() == partitions) {
      return rows;
    }
    if (!rows.isEmpty()) {
      throw new IllegalStateException(
          "%d partitions instead of %d".formatted(rows.getNumPartitions(), partitions));
    }
    return JavaSparkContext.fromSparkContext(rows.context()).parallelize(List.<T>of(), partitions);
  }

  private static Dataset<Row> finished(Dataset<Row> merged, Asof asof, Series series) {
    Dataset<Row> rows =
        merged
            .withColumn("time", expr("timestamp_micros(" + TIME + ")"))
            .withColumn("lag", col(TIME).minus(col(OTHER)).divide(1e6));
    if (asof.takesQuotes()) {
      rows =
          rows.withColumn("mid", col("bid").plus(col("ask")).divide(2))
              .withColumn("spread", bps(col("ask").minus(col("bid"))));
      if (asof.hasTrades(series.values())) {
        Column paid = col("side").multiply(col("price").minus(col("mid")));
        rows = rows.withColumn("slippage", bps(paid));
      }
    }
    Column[] order =
        Stream.concat(Stream.of("ticker", "time", "date"), asof.gives(series.values()).stream())
            .map(AsofAnalysis::quoted)
            .toArray(Column[]::new);
    return Series.withDate(rows, series.zone()).select(order);
  }

  /** In 1/10,000 of mid, which must be above 0 for that. */
  private static Column bps(Column amount) {
    return when(col("mid").gt(0), amount.multiply(1e4).divide(col("mid")));
  }
}
