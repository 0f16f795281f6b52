package dev.emroperator.finance.job.kind;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bounds of the bar that a time falls into, in microseconds since the epoch. The same rules as
 * {@link BarStart}, row by row instead of as an expression.
 */
final class BarClock {

  private static final Pattern EVERY = Pattern.compile("([0-9]+)(m|h|d|w|mo)");
  private static final long MINUTE = 60_000_000L;
  private static final int MONTHS = 12;

  private final int count;
  private final String unit;
  private final ZoneId zone;
  private final Map<LocalDate, Long> midnights = new HashMap<>();

  /** Start, included, and end, excluded. */
  record Bounds(long start, long end) {}

  BarClock(String every, ZoneId zone) {
    Matcher parts = EVERY.matcher(every);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no length of a bar: " + every);
    }
    this.count = Integer.parseInt(parts.group(1));
    this.unit = parts.group(2);
    this.zone = zone;
  }

  /** The bar that holds a time. */
  Bounds of(long micros) {
    LocalDate day = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(zone).toLocalDate();
    return switch (unit) {
      case "m" -> within(day, micros, count * MINUTE);
      case "h" -> within(day, micros, count * 60 * MINUTE);
      case "d" -> days(day.minusDays(Math.floorMod(day.toEpochDay(), count)), count);
      case "w" -> {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        // Day 4 of the epoch was a Monday.
        long weeks = Math.floorMod((monday.toEpochDay() - 4) / 7, count);
        yield days(monday.minusWeeks(weeks), 7 * count);
      }
      default -> {
        LocalDate first = day.withDayOfMonth(1);
        int months = Math.floorMod(day.getYear() * MONTHS + day.getMonthValue() - 1, count);
        LocalDate start = first.minusMonths(months);
        yield new Bounds(midnight(start), midnight(start.plusMonths(count)));
      }
    };
  }

  /** The first moment of a day, which is later than 00:00 where a clock jumps over that. */
  long midnight(LocalDate day) {
    return midnights.computeIfAbsent(
        day, d -> ChronoUnit.MICROS.between(Instant.EPOCH, d.atStartOfDay(zone).toInstant()));
  }

  private Bounds within(LocalDate day, long micros, long length) {
    long midnight = midnight(day);
    long start = midnight + Math.floorDiv(micros - midnight, length) * length;
    return new Bounds(start, Math.min(start + length, midnight(day.plusDays(1))));
  }

  private Bounds days(LocalDate start, int days) {
    return new Bounds(midnight(start), midnight(start.plusDays(days)));
  }
}
