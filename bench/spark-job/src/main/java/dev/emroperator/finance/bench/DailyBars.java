package dev.emroperator.finance.bench;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.window;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.kind.Bars.Field;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Average close and total volume of each ticker and day, of minute bars. */
final class DailyBars {

  static final String MINUTES = "minutes";

  private DailyBars() {}

  static Map<String, Way> ways() {
    String columns = "ticker, date::DATE AS date, avgClose, volume";
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("seed", Way.of(DailyBars::seed, columns));
    ways.put("tuned SQL", Way.of(DailyBars::tuned, columns));
    ways.put("this job", Way.of(DailyBars::ours, columns));
    ways.put("DuckDB", Way.of(DailyBars::duckDb, columns));
    ways.put("decode only", new Way(DailyBars::decode, Map.of()));
    return ways;
  }

  /** Of growth, only what grows with the job. */
  static Map<String, Way> oursAndDuckDb() {
    Map<String, Way> ways = ways();
    ways.keySet().retainAll(List.of("this job", "DuckDB"));
    return ways;
  }

  /** Where the project began, in Java: the obvious code on Spark's defaults. */
  private static void seed(Map<String, Path> data, Path result) {
    Peer.plainSpark()
        .read()
        .parquet(data.get(MINUTES).toString())
        .groupBy(window(col("time"), "1 day"), col("ticker"))
        .agg(avg("close").as("avgClose"), sum("volume").as("volume"))
        .withColumn("date", to_date(col("window.start")))
        .drop("window")
        .write()
        .partitionBy("date")
        .parquet(result.toString());
  }

  private static void tuned(Map<String, Path> data, Path result) {
    Peer.tunedSpark()
        .read()
        .parquet(data.get(MINUTES).toString())
        .groupBy(to_date(col("time")).as("date"), col("ticker"))
        .agg(avg("close").as("avgClose"), sum("volume").as("volume"))
        .repartition(Peer.THREADS, col("date"))
        .sortWithinPartitions("date", "ticker")
        .write()
        .partitionBy("date")
        .parquet(result.toString());
  }

  private static void ours(Map<String, Path> data, Path result) throws Exception {
    OurJob.run(
        data,
        result,
        List.of(
            Analysis.of("daily", MINUTES, new Bars("1d", List.of(Field.AVG_CLOSE, Field.VOLUME)))));
  }

  private static void duckDb(Map<String, Path> data, Path result) {
    DuckDb.execute(
        "COPY (SELECT ticker, make_date((epoch_us(time) // 86400000000)::INTEGER) AS date,"
            + " avg(close) AS avgClose, sum(volume)::BIGINT AS volume FROM read_parquet('"
            + data.get(MINUTES)
            + "/*.parquet') GROUP BY ALL) TO '"
            + result
            + "' (FORMAT parquet, PARTITION_BY (date))");
  }

  /** The floor of every way through Spark's reader: the four columns, and no work on them. */
  private static void decode(Map<String, Path> data, Path result) {
    SparkSession spark = Peer.plainSpark();
    var rows =
        spark
            .read()
            .parquet(data.get(MINUTES).toString())
            .select("ticker", "time", "close", "volume");
    FileSourceScanExec scan =
        (FileSourceScanExec) rows.queryExecution().executedPlan().collectLeaves().head();
    JavaRDD<ColumnarBatch> batches = scan.executeColumnar().toJavaRDD();
    double sum = batches.map(DailyBars::total).reduce(Double::sum);
    spark.range(1).selectExpr(sum + " AS sum").write().parquet(result.toString());
  }

  private static double total(ColumnarBatch batch) {
    ColumnVector time = batch.column(1);
    ColumnVector close = batch.column(2);
    ColumnVector volume = batch.column(3);
    double sum = 0;
    for (int row = 0; row < batch.numRows(); row++) {
      sum += time.getLong(row) + close.getDouble(row) + volume.getLong(row);
    }
    return sum;
  }
}
