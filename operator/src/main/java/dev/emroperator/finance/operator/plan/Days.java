package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.api.Range;
import dev.emroperator.finance.api.TimeSpan;
import java.time.LocalDate;

/** The days of a run, resolved: both ends included, null for an open one. */
record Days(String from, String to, int warmupDays) {

  static Days of(Range range, LocalDate today) {
    if (range == null) {
      return new Days(null, null, 0);
    }
    int warmup = range.warmup() == null ? 0 : count(range.warmup());
    if (range.last() == null) {
      return new Days(range.from(), range.to(), warmup);
    }
    LocalDate first = today.minusDays(count(range.last()) - 1L);
    return new Days(first.toString(), today.toString(), warmup);
  }

  private static int count(String days) {
    return Math.toIntExact(TimeSpan.parse(days).toDays());
  }
}
