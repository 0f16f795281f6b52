package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import dev.emroperator.finance.api.kind.Correlation;
import dev.emroperator.finance.api.kind.Correlation.Dates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Correlation of the simple returns of every two tickers. */
final class CorrelationAnalysis {

  private static final String RETURN = "__return";
  private static final StructType SCHEMA =
      new StructType()
          .add("ticker", DataTypes.StringType)
          .add("__time", DataTypes.LongType)
          .add("other", DataTypes.StringType)
          .add("n", DataTypes.LongType)
          .add("correlation", DataTypes.DoubleType);

  private CorrelationAnalysis() {}

  static Series of(Series series, Correlation correlation) {
    SparkSession spark = series.rows().sparkSession();
    List<Row> chosen = largest(series, correlation);
    List<String> tickers = chosen.stream().map(row -> row.getString(0)).sorted().toList();
    long last = chosen.stream().mapToLong(row -> row.getLong(1)).max().orElse(0);
    Dataset<Row> returns = returns(series, correlation, tickers);
    JavaRDD<Row> pairs =
        pairs(returns, times(returns, correlation, tickers.size()), tickers)
            .map(pair -> row(pair, tickers, last, correlation.minPeriods()));
    Dataset<Row> rows =
        spark.createDataFrame(pairs, SCHEMA).withColumn("time", expr("timestamp_micros(__time)"));
    return series
        .withRows(
            Series.withDate(rows, series.zone())
                .select("ticker", "time", "date", "other", "n", "correlation"))
        .holding(List.of(returns));
  }

  /** Ticker, and microseconds of its last row. */
  private static List<Row> largest(Series series, Correlation correlation) {
    Column price = Series.column(correlation.column());
    // Digits that are fixed, so that the order in which rows arrive decides nothing.
    Column size =
        series.has("volume")
            ? sum(price.multiply(col("volume")).cast("decimal(38,6)"))
            : count(price);
    return series
        .rows()
        .groupBy("ticker")
        .agg(expr("unix_micros(max(time))").as("last"), size.as("size"))
        .orderBy(col("size").desc_nulls_last(), col("ticker"))
        .limit(correlation.top())
        .collectAsList();
  }

  private static Dataset<Row> returns(
      Series series, Correlation correlation, List<String> tickers) {
    Dataset<Row> rows = series.rows().filter(col("ticker").isin(tickers.toArray()));
    return SortedPass.of(
            series.withRows(rows),
            List.of(correlation.column()),
            List.of(RETURN),
            SimpleReturn::new)
        .rows()
        .select(col("ticker"), expr("unix_micros(time)").as("time"), col(RETURN))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Times at which any ticker has a return, or those at which all have one. */
  private static long[] times(Dataset<Row> returns, Correlation correlation, int tickers) {
    Dataset<Row> known = returns.filter(col(RETURN).isNotNull());
    Dataset<Row> times =
        correlation.dates() == Dates.COMMON
            ? known
                .groupBy("time")
                .agg(countDistinct("ticker").as("n"))
                .filter(col("n").equalTo(tickers))
                .select("time")
            : known.select("time").distinct();
    return times.collectAsList().stream().mapToLong(row -> row.getLong(0)).sorted().toArray();
  }

  private record Pair(int one, int other, Pearson pearson) implements java.io.Serializable {}

  private static JavaRDD<Pair> pairs(Dataset<Row> returns, long[] times, List<String> tickers) {
    Map<String, Integer> indices = new HashMap<>();
    tickers.forEach(ticker -> indices.put(ticker, indices.size()));
    Broadcast<long[]> shared =
        JavaSparkContext.fromSparkContext(returns.sparkSession().sparkContext()).broadcast(times);
    Pairs pairs = new Pairs(tickers.size());
    return returns
        .toJavaRDD()
        .mapPartitions(rows -> DenseReturns.of(rows, indices, shared.value()))
        .flatMapToPair(
            one ->
                pairs.tasks(one.index()).stream().map(task -> new Tuple2<>(task, one)).iterator())
        .groupByKey()
        .flatMap(
            task -> {
              List<Pair> found = new ArrayList<>();
              pairs.each(
                  task._1(),
                  task._2(),
                  (one, other) ->
                      found.add(
                          new Pair(
                              one.index(),
                              other.index(),
                              Pearson.of(one.returns(), other.returns()))));
              return found.iterator();
            });
  }

  private static Row row(Pair pair, List<String> tickers, long last, int minPeriods) {
    Pearson pearson = pair.pearson();
    boolean isKnown = pearson.n() >= minPeriods && !Double.isNaN(pearson.correlation());
    return RowFactory.create(
        tickers.get(pair.one()),
        last,
        tickers.get(pair.other()),
        (long) pearson.n(),
        isKnown ? pearson.correlation() : null);
  }
}
