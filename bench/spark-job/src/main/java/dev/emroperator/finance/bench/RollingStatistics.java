package dev.emroperator.finance.bench;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mean, deviation, minimum and maximum over 20 and 252 rows, of daily closes. */
final class RollingStatistics {

  private static final String COLUMNS =
      "ticker, time, close, avg(close) OVER a AS mean_20, stddev_samp(close) OVER a AS stddev_20,"
          + " min(close) OVER a AS min_20, max(close) OVER a AS max_20,"
          + " avg(close) OVER b AS mean_252, stddev_samp(close) OVER b AS stddev_252,"
          + " min(close) OVER b AS min_252, max(close) OVER b AS max_252";
  private static final String WINDOWS =
      " WINDOW a AS (PARTITION BY ticker ORDER BY time ROWS BETWEEN 19 PRECEDING AND CURRENT ROW),"
          + " b AS (PARTITION BY ticker ORDER BY time ROWS BETWEEN 251 PRECEDING AND CURRENT ROW)";

  private RollingStatistics() {}

  static Map<String, Peer> peers() {
    Map<String, Peer> peers = new LinkedHashMap<>();
    peers.put("tuned SQL", RollingStatistics::sql);
    peers.put("this job", RollingStatistics::ours);
    peers.put("DuckDB", RollingStatistics::duckDb);
    return peers;
  }

  private static void sql(Path data, Path result) {
    var spark = Peer.tunedSpark();
    spark.read().parquet(data.toString()).createOrReplaceTempView("days");
    spark.sql("SELECT " + COLUMNS + " FROM days" + WINDOWS).write().parquet(result.toString());
  }

  private static void ours(Path data, Path result) throws Exception {
    OurJob.run(
        Map.of("days", data),
        result,
        List.of(
            Analysis.of(
                "trend",
                "days",
                new Rolling(
                    "close",
                    List.of(20, 252),
                    List.of(Statistic.MEAN, Statistic.STDDEV, Statistic.MIN, Statistic.MAX),
                    null))));
  }

  private static void duckDb(Path data, Path result) {
    DuckDb.execute(
        "COPY (SELECT "
            + COLUMNS
            + " FROM read_parquet('"
            + data
            + "/*.parquet')"
            + WINDOWS
            + ") TO '"
            + result
            + "' (FORMAT parquet, COMPRESSION zstd)");
  }
}
