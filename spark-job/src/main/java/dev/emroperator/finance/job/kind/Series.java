package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows of many tickers: {@code ticker} STRING, {@code time} TIMESTAMP, {@code date} DATE (the day
 * of {@code time} in the zone), and value columns. A lookup has no time and date.
 *
 * @param every length of the bars that the rows are; null for rows of a file
 * @param scans the same rows as the batches of their files, where they can be had; else empty
 * @param isInOrder true where all rows of a ticker are in one partition and in order
 * @param held what is kept in memory for these rows, to be let go when nothing is made of them
 */
public record Series(
    Dataset<Row> rows,
    String zone,
    String every,
    List<Scan> scans,
    boolean isInOrder,
    List<Dataset<Row>> held) {

  /** By mere arithmetic, which takes far less time than a calendar. */
  private static final String DAY_OF_UTC =
      "date_from_unix_date(cast((unix_micros(time) - pmod(unix_micros(time), 86400000000)) div 86400000000 as int))";

  public Series {
    scans = List.copyOf(scans);
    held = List.copyOf(held);
  }

  public Series(Dataset<Row> rows, String zone, String every, List<Scan> scans, boolean isInOrder) {
    this(rows, zone, every, scans, isInOrder, List.of());
  }

  public Series(Dataset<Row> rows, String zone, String every) {
    this(rows, zone, every, List.of(), false);
  }

  /** Other rows of the same zone and length, in any order. */
  public Series withRows(Dataset<Row> others) {
    return new Series(others, zone, every);
  }

  /** The same rows with one more column. */
  Series with(String name, Column value) {
    Dataset<Row> more = rows.withColumn(name, value);
    return isInOrder ? inOrder(more) : withRows(more);
  }

  /** Other rows, which are in order. */
  Series inOrder(Dataset<Row> others) {
    return new Series(others, zone, every, List.of(), true);
  }

  /** The same rows in order, kept in memory for all that are made of them. */
  public Series kept() {
    Series ordered = isInOrder || !isDated() ? this : inOrder(sorted(new ArrayList<>(values())));
    Dataset<Row> kept = ordered.rows.persist(StorageLevel.MEMORY_AND_DISK());
    return new Series(kept, zone, every, List.of(), ordered.isInOrder)
        .holding(held)
        .holding(List.of(kept));
  }

  /** The same rows, for which something more is kept in memory. */
  Series holding(List<Dataset<Row>> more) {
    List<Dataset<Row>> all = new ArrayList<>(held);
    all.addAll(more);
    return new Series(rows, zone, every, scans, isInOrder, all);
  }

  /** Frees the memory that is held for these rows. */
  public void letGo() {
    held.forEach(Dataset::unpersist);
  }

  /**
   * Number of partitions of rows that are in order; empty where Spark tells it only at the price of
   * a shuffle.
   */
  public OptionalInt partitions() {
    return isInOrder && Internals.haveSort(rows.sparkSession())
        ? OptionalInt.of(rows.queryExecution().toRdd().getNumPartitions())
        : OptionalInt.empty();
  }

  /** Names of the value columns. */
  public Set<String> values() {
    Set<String> names = new LinkedHashSet<>(Arrays.asList(rows.columns()));
    names.removeAll(List.of("ticker", "time", "date"));
    return names;
  }

  /** A column by its whole name: a dot in it is part of it. */
  static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  public boolean has(String column) {
    return Arrays.asList(rows.columns()).contains(column);
  }

  /** A table that is no series may have a column {@code date} of the user's own. */
  private boolean isDated() {
    return Arrays.asList(rows.columns()).containsAll(List.of("ticker", "time", "date"));
  }

  /**
   * Without the rows that had ended before a day; a bar that holds the day stays, and so does a bad
   * row without a time.
   */
  public Series from(LocalDate first) {
    if (!isDated()) {
      return this;
    }
    Column lastDay = every == null ? col("date") : lastDay();
    Column isLater = lastDay.geq(java.sql.Date.valueOf(first)).or(col("time").isNull());
    Dataset<Row> later = rows.filter(isLater);
    return isInOrder ? inOrder(later) : withRows(later);
  }

  /** What gapfill has put between two bars may be shorter than they are. */
  private Column lastDay() {
    Column ofBar = BarStart.lastDay(every);
    boolean isFilled =
        has(GapfillAnalysis.FILLED)
            && rows.schema().apply(GapfillAnalysis.FILLED).dataType().equals(DataTypes.BooleanType);
    return isFilled ? when(col(GapfillAnalysis.FILLED), col("date")).otherwise(ofBar) : ofBar;
  }

  /**
   * Keys and the given columns, all rows of a ticker together and in order of time. Rows with the
   * same time are in the order of {@code seq}, then of their values, so that neither files nor
   * partitions decide.
   */
  Dataset<Row> sorted(List<String> columns) {
    List<String> taken = new ArrayList<>(List.of("ticker", "time", "date"));
    taken.addAll(columns);
    Column[] wanted = taken.stream().map(Series::column).toArray(Column[]::new);
    if (isInOrder) {
      return rows.select(wanted);
    }
    List<String> order = new ArrayList<>(List.of("ticker", "time"));
    if (has("seq")) {
      order.add("seq");
    }
    values().stream().filter(name -> !name.equals("seq")).sorted().forEach(order::add);
    Column[] sortedBy = order.stream().map(Series::column).toArray(Column[]::new);
    return TickerSort.of(rows.repartition(col("ticker")), sortedBy).select(wanted);
  }

  /** Adds the day in the zone to rows that have a time. */
  public static Dataset<Row> withDate(Dataset<Row> rows, String zone) {
    return rows.withColumn("date", zone.equals("UTC") ? expr(DAY_OF_UTC) : day(zone));
  }

  private static Column day(String zone) {
    return to_date(from_utc_timestamp(col("time"), zone));
  }
}
