package dev.emroperator.finance.bench;

import static java.util.stream.Collectors.joining;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Mean, deviation, minimum and maximum over 20 and 252 rows, of daily closes. */
final class RollingStatistics {

  static final String DAYS = "days";
  static final List<String> VALUES =
      Stream.of(20, 252)
          .flatMap(n -> Stream.of("mean_", "stddev_", "min_", "max_").map(stat -> stat + n))
          .toList();

  private static final String COLUMNS =
      "ticker, time, close, avg(close) OVER a AS mean_20, stddev_samp(close) OVER a AS stddev_20,"
          + " min(close) OVER a AS min_20, max(close) OVER a AS max_20,"
          + " avg(close) OVER b AS mean_252, stddev_samp(close) OVER b AS stddev_252,"
          + " min(close) OVER b AS min_252, max(close) OVER b AS max_252";
  private static final String WINDOWS =
      " WINDOW a AS (PARTITION BY ticker ORDER BY time ROWS BETWEEN 19 PRECEDING AND CURRENT ROW),"
          + " b AS (PARTITION BY ticker ORDER BY time ROWS BETWEEN 251 PRECEDING AND CURRENT ROW)";

  private RollingStatistics() {}

  static Map<String, Way> ways() {
    String keys = "ticker, epoch_us(time) AS time, close, ";
    String columns = keys + String.join(", ", VALUES);
    String ours = keys + VALUES.stream().map(v -> "close_" + v + " AS " + v).collect(joining(", "));
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("tuned SQL", Way.of(RollingStatistics::sql, columns));
    // The others write into one folder; by year is what the job does where nothing else is said.
    ways.put("this job", Way.of((days, result) -> ours(days, result, PartitionBy.NONE), ours));
    ways.put("by year", Way.of((days, result) -> ours(days, result, PartitionBy.YEAR), ours));
    ways.put("DuckDB", Way.of(RollingStatistics::duckDb, columns));
    return ways;
  }

  private static void sql(Map<String, Path> data, Path result) {
    var spark = Peer.tunedSpark();
    spark.read().parquet(data.get(DAYS).toString()).createOrReplaceTempView("days");
    spark.sql("SELECT " + COLUMNS + " FROM days" + WINDOWS).write().parquet(result.toString());
  }

  private static void ours(Map<String, Path> data, Path result, PartitionBy partitionBy)
      throws Exception {
    OurJob.run(
        data,
        result,
        partitionBy,
        List.of(
            Analysis.of(
                "trend",
                DAYS,
                new Rolling(
                    "close",
                    List.of(20, 252),
                    List.of(Statistic.MEAN, Statistic.STDDEV, Statistic.MIN, Statistic.MAX),
                    // Windows that are not full yet count, as they do in SQL.
                    1))));
  }

  private static void duckDb(Map<String, Path> data, Path result) {
    DuckDb.execute(
        "COPY (SELECT "
            + COLUMNS
            + " FROM read_parquet('"
            + data.get(DAYS)
            + "/*.parquet')"
            + WINDOWS
            + ") TO '"
            + result
            + "' (FORMAT parquet, COMPRESSION zstd, PER_THREAD_OUTPUT true)");
  }
}
