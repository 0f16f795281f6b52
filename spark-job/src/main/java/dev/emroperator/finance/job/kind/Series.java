package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.to_date;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Rows of many tickers: {@code ticker} STRING, {@code time} TIMESTAMP, {@code date} DATE (the day
 * of {@code time} in the zone), and value columns. A lookup has no time and date.
 *
 * @param every length of the bars that the rows are; null for rows of a file
 * @param scans the same rows as the batches of their files, where they can be had; else empty
 */
public record Series(Dataset<Row> rows, String zone, String every, List<Scan> scans) {

  public Series {
    scans = List.copyOf(scans);
  }

  public Series(Dataset<Row> rows, String zone, String every) {
    this(rows, zone, every, List.of());
  }

  /** The same rows, as another plan of Spark gives them. */
  public Series withRows(Dataset<Row> same) {
    return new Series(same, zone, every);
  }

  /** Names of the value columns. */
  public Set<String> values() {
    Set<String> names = new LinkedHashSet<>(Arrays.asList(rows.columns()));
    names.removeAll(List.of("ticker", "time", "date"));
    return names;
  }

  public boolean has(String column) {
    return Arrays.asList(rows.columns()).contains(column);
  }

  /** Without the rows that had ended before a day; a bar that holds the day stays. */
  public Series from(LocalDate first) {
    if (!has("date")) {
      return this;
    }
    Column lastDay = every == null ? col("date") : BarStart.lastDay(every);
    return withRows(rows.filter(lastDay.geq(java.sql.Date.valueOf(first))));
  }

  /**
   * Keys and the given columns, all rows of a ticker together and in order of time. Rows with the
   * same time are in the order of {@code seq}, then of their values, so that neither files nor
   * partitions decide.
   */
  Dataset<Row> sorted(List<String> columns) {
    List<Column> order = new ArrayList<>(List.of(col("ticker"), col("time")));
    Set<String> taken = new LinkedHashSet<>(List.of("ticker", "time", "date"));
    taken.addAll(columns);
    if (has("seq")) {
      order.add(col("seq"));
      taken.add("seq");
    }
    columns.forEach(column -> order.add(col(column)));
    Column[] sort = order.toArray(Column[]::new);
    return rows.select(taken.stream().map(functions::col).toArray(Column[]::new))
        .repartition(col("ticker"))
        .sortWithinPartitions(sort);
  }

  /** Adds the day in the zone to rows that have a time. */
  public static Dataset<Row> withDate(Dataset<Row> rows, String zone) {
    return rows.withColumn("date", to_date(from_utc_timestamp(col("time"), zone)));
  }
}
