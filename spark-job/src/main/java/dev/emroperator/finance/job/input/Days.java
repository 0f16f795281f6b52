package dev.emroperator.finance.job.input;

import dev.emroperator.finance.api.run.Plan;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Days from one to another, both included.
 *
 * @param first null for all before
 * @param last null for all after
 */
record Days(LocalDate first, LocalDate last) {

  /** The days whose rows a plan reads, with those that warm up. */
  static Days of(Plan plan) {
    return new Days(
        plan.from() == null ? null : LocalDate.parse(plan.from()).minusDays(plan.warmupDays()),
        plan.to() == null ? null : LocalDate.parse(plan.to()));
  }

  /** Whether a day is in both. */
  boolean overlap(Days others) {
    boolean before = last != null && others.first != null && last.isBefore(others.first);
    boolean after = first != null && others.last != null && first.isAfter(others.last);
    return !before && !after;
  }

  /** Rows whose day is one of these. */
  Column contain(Column date) {
    Column within = org.apache.spark.sql.functions.lit(true);
    within = first == null ? within : within.and(date.geq(Date.valueOf(first)));
    return last == null ? within : within.and(date.leq(Date.valueOf(last)));
  }

  /**
   * A condition on a column as it stands in the files, which Parquet can hold against the
   * statistics of its row groups. It lets null through, since a time that is missing is an error.
   */
  Optional<Column> contain(Column time, DataType type, ZoneId zone) {
    boolean isTime = type.equals(DataTypes.TimestampType);
    if (!isTime && !type.equals(DataTypes.DateType) || first == null && last == null) {
      return Optional.empty();
    }
    Column within = null;
    if (first != null) {
      within = isTime ? time.geq(start(first, zone)) : time.geq(Date.valueOf(first));
    }
    if (last != null) {
      Column until = isTime ? time.lt(start(last.plusDays(1), zone)) : time.leq(Date.valueOf(last));
      within = within == null ? until : within.and(until);
    }
    return Optional.of(time.isNull().or(within));
  }

  private static Timestamp start(LocalDate day, ZoneId zone) {
    return Timestamp.from(day.atStartOfDay(zone).toInstant());
  }
}
