package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.to_date;

import dev.emroperator.finance.api.AnalysisKind;
import dev.emroperator.finance.api.Bars;
import dev.emroperator.finance.api.Rolling;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of many tickers: {@code ticker} STRING, {@code time} TIMESTAMP, {@code date} DATE (the day
 * of {@code time} in the zone), and value columns.
 */
public record Series(Dataset<Row> rows, String zone) {

  /** The result of an analysis of this series. */
  public Series analyse(AnalysisKind kind) {
    Dataset<Row> result;
    if (kind instanceof Bars bars) {
      result = BarsAnalysis.of(this, bars);
    } else if (kind instanceof Rolling rolling) {
      result = RollingAnalysis.of(this, rolling);
    } else {
      throw new IllegalArgumentException("no kind of analysis: " + kind);
    }
    return new Series(result, zone);
  }

  /** Adds the day in the zone to rows that have a time. */
  public static Dataset<Row> withDate(Dataset<Row> rows, String zone) {
    return rows.withColumn("date", to_date(from_utc_timestamp(col("time"), zone)));
  }
}
