package dev.emroperator.finance.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.kind.Asof;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The last quote at or before each trade, its mid and spread, and the slippage of the trade. */
final class AsofJoin {

  static final String TRADES = "trades";
  static final String QUOTES = "quotes";

  private static final String COLUMNS =
      "ticker, epoch_us(time) AS time, price, bid, ask, lag, mid, spread, slippage";

  private AsofJoin() {}

  static Map<String, Way> ways() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("union and window", Way.of(AsofJoin::union, COLUMNS));
    ways.put("this job", Way.of(AsofJoin::ours, COLUMNS));
    ways.put("DuckDB", Way.of(AsofJoin::duckDb, COLUMNS));
    return ways;
  }

  /** The idiom of Spark's users, as in Databricks' tempo. */
  private static void union(Map<String, Path> data, Path result) {
    var spark = Peer.tunedSpark();
    Dataset<Row> trades =
        spark
            .read()
            .parquet(data.get(TRADES).toString())
            .withColumn(
                "quote", expr("CAST(NULL AS STRUCT<time: TIMESTAMP, bid: DOUBLE, ask: DOUBLE>)"))
            .withColumn("isTrade", lit(1));
    Dataset<Row> quotes =
        spark
            .read()
            .parquet(data.get(QUOTES).toString())
            .selectExpr(
                "ticker",
                "time",
                "CAST(NULL AS DOUBLE) AS price",
                "CAST(NULL AS STRING) AS side",
                "struct(time, bid, ask) AS quote",
                "0 AS isTrade");
    var before =
        Window.partitionBy("ticker")
            .orderBy("time", "isTrade")
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    trades
        .unionByName(quotes)
        .withColumn("quote", last(col("quote"), true).over(before))
        .filter("isTrade = 1")
        .selectExpr(
            "ticker",
            "time",
            "price",
            "side",
            "quote.bid AS bid",
            "quote.ask AS ask",
            "(unix_micros(time) - unix_micros(quote.time)) / 1e6D AS lag")
        .withColumn("mid", expr("(bid + ask) / 2"))
        .withColumn("spread", expr("1e4D * (ask - bid) / mid"))
        .withColumn("slippage", expr("if(side = 'buy', 1e4D, -1e4D) * (price - mid) / mid"))
        .write()
        .parquet(result.toString());
  }

  private static void ours(Map<String, Path> data, Path result) throws Exception {
    OurJob.run(
        data,
        result,
        List.of(Analysis.of("quoted", TRADES, new Asof(QUOTES, null, null, null, null))));
  }

  private static void duckDb(Map<String, Path> data, Path result) {
    DuckDb.execute(
        """
        COPY (
          SELECT *, (bid + ask) / 2 AS mid, 1e4 * (ask - bid) / mid AS spread,
            if(side = 'buy', 1e4, -1e4) * (price - mid) / mid AS slippage
          FROM (
            SELECT t.ticker, t.time, price, side, bid, ask, (epoch_us(t.time) - epoch_us(q.time)) / 1e6 AS lag
            FROM read_parquet('%s/*.parquet') t ASOF LEFT JOIN read_parquet('%s/*.parquet') q
              ON t.ticker = q.ticker AND t.time >= q.time))
        TO '%s' (FORMAT parquet, COMPRESSION zstd, PER_THREAD_OUTPUT true)
        """
            .formatted(data.get(TRADES), data.get(QUOTES), result));
  }
}
