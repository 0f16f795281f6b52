package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.to_date;

import dev.emroperator.finance.api.AnalysisKind;
import dev.emroperator.finance.api.Bars;
import dev.emroperator.finance.api.Rolling;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of many tickers: {@code ticker} STRING, {@code time} TIMESTAMP, {@code date} DATE (the day
 * of {@code time} in the zone), and value columns.
 *
 * @param every length of the bars that the rows are; null for rows of a file
 */
public record Series(Dataset<Row> rows, String zone, String every) {

  /** The same rows, as another plan of Spark gives them. */
  public Series withRows(Dataset<Row> same) {
    return new Series(same, zone, every);
  }

  /** Without the rows that had ended before a day; a bar that holds the day stays. */
  public Series from(LocalDate first) {
    Column lastDay = every == null ? col("date") : BarStart.lastDay(every);
    return withRows(rows.filter(lastDay.geq(java.sql.Date.valueOf(first))));
  }

  /** The result of an analysis of this series. */
  public Series analyse(AnalysisKind kind) {
    if (kind instanceof Bars bars) {
      return new Series(BarsAnalysis.of(this, bars), zone, bars.every());
    } else if (kind instanceof Rolling rolling) {
      return withRows(RollingAnalysis.of(this, rolling));
    }
    throw new IllegalArgumentException("no kind of analysis: " + kind);
  }

  /** Adds the day in the zone to rows that have a time. */
  public static Dataset<Row> withDate(Dataset<Row> rows, String zone) {
    return rows.withColumn("date", to_date(from_utc_timestamp(col("time"), zone)));
  }
}
