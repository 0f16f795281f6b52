package dev.emroperator.finance.job.input;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

/** The days of the rows of a Parquet file, as the statistics of its row groups tell. */
final class FooterDays {

  private FooterDays() {}

  /** Empty when a row group doesn't tell, or a time is missing, which is for the scan to find. */
  static Optional<Days> of(List<BlockMetaData> groups, String column, ZoneId zone) {
    Days all = null;
    for (BlockMetaData group : groups) {
      Optional<Days> days =
          group.getColumns().stream()
              .filter(chunk -> chunk.getPath().toDotString().equalsIgnoreCase(column))
              .findFirst()
              .flatMap(chunk -> of(chunk, zone));
      if (days.isEmpty()) {
        return Optional.empty();
      }
      all = all == null ? days.get() : join(all, days.get());
    }
    return Optional.ofNullable(all);
  }

  private static Optional<Days> of(ColumnChunkMetaData chunk, ZoneId zone) {
    Statistics<?> statistics = chunk.getStatistics();
    LogicalTypeAnnotation type = chunk.getPrimitiveType().getLogicalTypeAnnotation();
    if (statistics == null || !statistics.hasNonNullValue() || statistics.getNumNulls() != 0) {
      return Optional.empty();
    }
    if (statistics instanceof LongStatistics times
        && type instanceof TimestampLogicalTypeAnnotation time) {
      // A time without a zone is read in that of the market, so its day is the one that it shows.
      ZoneId shown = time.isAdjustedToUTC() ? zone : ZoneOffset.UTC;
      return Optional.of(
          new Days(day(times.getMin(), time, shown), day(times.getMax(), time, shown)));
    }
    if (statistics instanceof IntStatistics days
        && type instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return Optional.of(
          new Days(LocalDate.ofEpochDay(days.getMin()), LocalDate.ofEpochDay(days.getMax())));
    }
    return Optional.empty();
  }

  private static LocalDate day(long time, TimestampLogicalTypeAnnotation type, ZoneId zone) {
    ChronoUnit unit =
        switch (type.getUnit()) {
          case MILLIS -> ChronoUnit.MILLIS;
          case MICROS -> ChronoUnit.MICROS;
          case NANOS -> ChronoUnit.NANOS;
        };
    return LocalDate.ofInstant(Instant.EPOCH.plus(time, unit), zone);
  }

  private static Days join(Days one, Days other) {
    return new Days(
        one.first().isBefore(other.first()) ? one.first() : other.first(),
        one.last().isAfter(other.last()) ? one.last() : other.last());
  }
}
