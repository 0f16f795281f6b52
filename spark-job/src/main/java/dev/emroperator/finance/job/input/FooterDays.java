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

  /**
   * Rows that are read together or not at all.
   *
   * @param days null when its statistics don't tell, or a time is missing, which is for the scan to
   *     find
   */
  record RowGroup(long rows, Days days) {}

  /** One after the other. */
  static List<RowGroup> of(List<BlockMetaData> groups, String column, ZoneId zone) {
    return groups.stream()
        .map(group -> new RowGroup(group.getRowCount(), days(group, column, zone)))
        .toList();
  }

  /** Days of all row groups; empty when one doesn't tell. */
  static Optional<Days> join(List<RowGroup> groups) {
    return groups.stream().anyMatch(group -> group.days() == null)
        ? Optional.empty()
        : groups.stream().map(RowGroup::days).reduce(FooterDays::join);
  }

  private static Days days(BlockMetaData group, String column, ZoneId zone) {
    return group.getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().equalsIgnoreCase(column))
        .findFirst()
        .flatMap(chunk -> of(chunk, zone))
        .orElse(null);
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
