package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.second;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.emroperator.finance.api.kind.Bars;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Bars {@code [start, end)} labelled by their start, of bars or of trades. Nulls are skipped. Rows
 * with the same time are in the order of {@code seq}; without one, the lowest open is the first,
 * and the highest close the last.
 */
final class BarsAnalysis {

  private final Set<String> available;

  private BarsAnalysis(Set<String> available) {
    this.available = available;
  }

  static Series of(Series series, Bars bars) {
    Series made =
        ScannedBars.of(series, bars).orElseGet(() -> series.withRows(grouped(series, bars)));
    Dataset<Row> dated = Series.withDate(made.rows(), series.zone());
    Column[] order =
        Stream.concat(Stream.of("ticker", "time", "date"), bars.names().stream())
            .map(name -> dated.col(name))
            .toArray(Column[]::new);
    return new Series(
        dated.select(order), series.zone(), bars.every(), List.of(), made.isInOrder());
  }

  private static Dataset<Row> grouped(Series series, Bars bars) {
    BarsAnalysis analysis = new BarsAnalysis(series.values());
    Column[] fields =
        bars.fields().stream()
            .map(field -> analysis.aggregate(field).as(field.column()))
            .toArray(Column[]::new);
    Dataset<Row> rows = series.rows();
    Dataset<Row> traded =
        bars.session() == null ? rows : rows.filter(within(bars.session(), series.zone()));
    return traded
        .withColumn("start", BarStart.of(bars.every(), series.zone()))
        .groupBy(col("ticker"), col("start").as("time"))
        .agg(fields[0], Arrays.copyOfRange(fields, 1, fields.length));
  }

  /** By the clock on the wall, whatever the day's offset. */
  private static Column within(Bars.Session session, String zone) {
    Column local = from_utc_timestamp(col("time"), zone);
    Column second = hour(local).multiply(3600).plus(minute(local).multiply(60)).plus(second(local));
    return second.geq(session.openSecond()).and(second.lt(session.closeSecond()));
  }

  private Column aggregate(Bars.Field field) {
    return switch (field) {
      case OPEN -> min_by(price("open"), ordered(price("open")));
      case HIGH -> max(price("high"));
      case LOW -> min(price("low"));
      case CLOSE -> max_by(price("close"), ordered(price("close")));
      case AVG_CLOSE -> avg(price("close"));
      case VOLUME -> ShareSum.of(col("volume"), col("ticker"), col("start"));
      case VWAP -> vwap(average());
      case COUNT -> count(lit(1));
    };
  }

  private Column price(String ofBar) {
    return col(Bars.areTrades(available) ? "price" : ofBar);
  }

  /** Null, and so out of the race, where there is no value. */
  private Column ordered(Column value) {
    Column order =
        available.contains("seq")
            ? struct(col("time"), col("seq"), value)
            : struct(col("time"), value);
    return when(value.isNotNull(), order);
  }

  private Column average() {
    if (Bars.areTrades(available)) {
      return col("price");
    }
    return available.contains("vwap")
        ? col("vwap")
        : col("high").plus(col("low")).plus(col("close")).divide(3);
  }

  private static Column vwap(Column price) {
    Column known = price.isNotNull().and(col("volume").isNotNull());
    Column turnover = sum(when(known, price.multiply(col("volume"))));
    Column volume = ShareSum.of(when(known, col("volume")), col("ticker"), col("start"));
    return when(volume.notEqual(0), turnover.divide(volume));
  }
}
