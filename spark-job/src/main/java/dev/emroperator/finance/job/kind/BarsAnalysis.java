package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.emroperator.finance.api.kind.Bars;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Bars {@code [start, end)} labelled by their start. Nulls are skipped. Of rows with the same time,
 * the lowest open is the first, and the highest close the last.
 */
final class BarsAnalysis {

  private BarsAnalysis() {}

  static Series of(Series series, Bars bars) {
    Dataset<Row> grouped = ScannedBars.of(series, bars).orElseGet(() -> grouped(series, bars));
    Dataset<Row> dated = Series.withDate(grouped, series.zone());
    Column[] order =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("ticker", "time", "date"), bars.names().stream())
            .map(name -> dated.col(name))
            .toArray(Column[]::new);
    return new Series(dated.select(order), series.zone(), bars.every());
  }

  private static Dataset<Row> grouped(Series series, Bars bars) {
    List<String> available = Arrays.asList(series.rows().columns());
    Column[] fields =
        bars.fields().stream()
            .map(field -> aggregate(field, available).as(field.column()))
            .toArray(Column[]::new);
    return series
        .rows()
        .withColumn("start", BarStart.of(bars.every(), series.zone()))
        .groupBy(col("ticker"), col("start").as("time"))
        .agg(fields[0], Arrays.copyOfRange(fields, 1, fields.length));
  }

  private static Column aggregate(Bars.Field field, List<String> available) {
    return switch (field) {
      case OPEN -> min_by(col("open"), ordered("open"));
      case HIGH -> max(col("high"));
      case LOW -> min(col("low"));
      case CLOSE -> max_by(col("close"), ordered("close"));
      case AVG_CLOSE -> avg(col("close"));
      case VOLUME -> sum(col("volume"));
      case VWAP -> vwap(available.contains("vwap") ? col("vwap") : typicalPrice());
      case COUNT -> count(lit(1));
    };
  }

  /** Null, and so out of the race, where there is no value. */
  private static Column ordered(String column) {
    return when(col(column).isNotNull(), struct(col("time"), col(column)));
  }

  private static Column typicalPrice() {
    return col("high").plus(col("low")).plus(col("close")).divide(3);
  }

  private static Column vwap(Column price) {
    Column known = price.isNotNull().and(col("volume").isNotNull());
    Column turnover = sum(when(known, price.multiply(col("volume"))));
    Column volume = sum(when(known, col("volume")));
    return when(volume.notEqual(0), turnover.divide(volume));
  }
}
