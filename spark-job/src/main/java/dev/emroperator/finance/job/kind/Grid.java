package dev.emroperator.finance.job.kind;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Times, in microseconds since 1970. */
sealed interface Grid extends Serializable {

  long NONE = Long.MAX_VALUE;

  /** The first time of the grid after another; {@link #NONE} after the last. */
  long after(long time);

  /** Times that are known, sorted. */
  final class Observed implements Grid {
    private static final long serialVersionUID = 1L;
    private final long[] times;

    Observed(long[] times) {
      this.times = times.clone();
      Arrays.sort(this.times);
    }

    @Override
    public long after(long time) {
      int at = Arrays.binarySearch(times, time + 1);
      int next = at < 0 ? -at - 1 : at;
      return next < times.length ? times[next] : NONE;
    }
  }

  /** Every n days, counted from 1970-01-01, at midnight of a zone. */
  record Daily(int every, ZoneId zone, boolean weekdaysOnly) implements Grid {

    @Override
    public long after(long time) {
      LocalDate day = day(time, zone);
      LocalDate next = day.plusDays(every - Math.floorMod(day.toEpochDay(), (long) every));
      while (weekdaysOnly && isWeekend(next)) {
        next = next.plusDays(every);
      }
      return midnight(next, zone);
    }
  }

  /** Every so many microseconds, counted anew from each midnight of a zone. */
  record Intraday(long every, ZoneId zone, boolean weekdaysOnly) implements Grid {

    @Override
    public long after(long time) {
      LocalDate day = day(time, zone);
      long start = midnight(day, zone);
      long within = start + (Math.floorDiv(time - start, every) + 1) * every;
      long next = Math.min(within, midnight(day.plusDays(1), zone));
      LocalDate then = day(next, zone);
      return weekdaysOnly && isWeekend(then) ? midnight(monday(then), zone) : next;
    }

    private static LocalDate monday(LocalDate weekend) {
      return weekend.with(java.time.temporal.TemporalAdjusters.next(DayOfWeek.MONDAY));
    }
  }

  /**
   * Every step.
   *
   * @param every as in 5m, 1h or 1d
   */
  static Grid of(String every, String zone, boolean weekdaysOnly) {
    int n = Integer.parseInt(every.substring(0, every.length() - 1));
    ZoneId at = ZoneId.of(zone);
    return switch (every.charAt(every.length() - 1)) {
      case 'm' -> new Intraday(n * 60_000_000L, at, weekdaysOnly);
      case 'h' -> new Intraday(n * 3_600_000_000L, at, weekdaysOnly);
      default -> new Daily(n, at, weekdaysOnly);
    };
  }

  private static LocalDate day(long time, ZoneId zone) {
    return LocalDate.ofInstant(Instant.EPOCH.plus(time, ChronoUnit.MICROS), zone);
  }

  private static long midnight(LocalDate day, ZoneId zone) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, day.atStartOfDay(zone).toInstant());
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
  }
}
