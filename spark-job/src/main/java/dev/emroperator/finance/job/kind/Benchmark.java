package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.kind.Beta;
import dev.emroperator.finance.job.JobFailure;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** What tickers are measured against: one simple return for each time. */
final class Benchmark {

  /** Name of the column of returns. */
  static final String RETURN = "__benchmark";

  private Benchmark() {}

  /** {@code time} and {@link #RETURN}. */
  static Series of(Series series, Beta beta, Map<String, Series> with) {
    Series prices = beta.from() == null ? series : with.get(beta.from());
    return beta.weights() == null
        ? ofTicker(prices, beta)
        : prices.withRows(weighted(prices, beta, with.get(beta.weights())));
  }

  private static Series ofTicker(Series prices, Beta beta) {
    Dataset<Row> rows =
        prices
            .rows()
            .filter(col("ticker").equalTo(beta.benchmark()))
            .groupBy("ticker", "time", "date")
            .agg(max(Series.column(beta.column())).as(beta.column()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    if (rows.isEmpty()) {
      throw new JobFailure(
          Reason.BAD_VALUE,
          "benchmark '%s' has no row%s; write a ticker that has"
              .formatted(beta.benchmark(), beta.from() == null ? "" : " in '" + beta.from() + "'"));
    }
    return prices
        .withRows(returns(prices.withRows(rows), beta).select("time", RETURN))
        .holding(List.of(rows));
  }

  private static Dataset<Row> weighted(Series prices, Beta beta, Series weights) {
    Dataset<Row> known = Lookup.of(weights, beta.weights(), List.of("marketCap"));
    Column weight = when(col("marketCap").gt(0).and(col(RETURN).isNotNull()), col("marketCap"));
    return returns(prices, beta)
        .join(known, "ticker")
        .groupBy("time")
        .agg(
            SumByTicker.of(weight.multiply(col(RETURN))).divide(SumByTicker.of(weight)).as(RETURN));
  }

  private static Dataset<Row> returns(Series prices, Beta beta) {
    return SortedPass.of(prices, List.of(beta.column()), List.of(RETURN), SimpleReturn::new).rows();
  }
}
