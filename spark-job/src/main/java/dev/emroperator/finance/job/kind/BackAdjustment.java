package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.job.JobFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Factors of one ticker, built from its last day back to its first: 1/ratio for a split, 1 − D/c
 * for a dividend D, with c the last close above 0 before the ex-date. A dividend is open until,
 * going back, that close is met.
 */
final class BackAdjustment {

  private record Dividend(int day, double cash) {}

  /**
   * What holds for a row.
   *
   * @param factor without that of open dividends
   * @param shares new shares for one of that day
   * @param open dividends after the row whose factor is not known yet
   */
  record Held(double factor, double shares, int open) {}

  private final String events;
  private final List<Dividend> open = new ArrayList<>();
  private String ticker;
  private double factor;
  private double shares;

  /**
   * Nothing has happened yet.
   *
   * @param events name of the input that they come from, for messages
   */
  BackAdjustment(String events) {
    this.events = events;
  }

  void begin(String next) {
    ticker = next;
    factor = 1;
    shares = 1;
    open.clear();
  }

  void split(int day, double ratio) {
    if (ratio <= 0) {
      throw bad("a split of " + ratio, day, "is not above 0");
    }
    factor /= ratio;
    shares *= ratio;
  }

  void dividend(int day, double cash) {
    if (cash < 0) {
      throw bad("a dividend of " + cash, day, "is below 0");
    }
    open.add(new Dividend(day, cash));
  }

  Held held() {
    return new Held(factor, shares, open.size());
  }

  /** Factor of an earlier row, now that the close before its open dividends is known. */
  double factor(Held held, double close) {
    double whole = held.factor();
    for (Dividend dividend : open.subList(0, held.open())) {
      if (dividend.cash() >= close) {
        throw bad(
            "a dividend of " + dividend.cash(),
            dividend.day(),
            "is not below the close of " + close + " before it");
      }
      whole *= 1 - dividend.cash() / close;
    }
    return whole;
  }

  /** A close above 0, of the row that comes next on the way back. */
  void close(double close) {
    factor = factor(held(), close);
    open.clear();
  }

  /**
   * Shares of today for those of a day, rounded to the nearest, halves up.
   *
   * @throws JobFailure when they are more than 64 bits hold
   */
  long shares(long volume, Held held) {
    if (held.shares() == 1) {
      return volume;
    }
    try {
      return BigDecimal.valueOf(volume)
          .multiply(BigDecimal.valueOf(held.shares()))
          .setScale(0, RoundingMode.HALF_UP)
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new JobFailure(
          Reason.BAD_VALUE,
          "ticker '%s' has a volume of %d that splits make %s times as large, which is more than 64 bits hold: correct the splits in '%s'"
              .formatted(ticker, volume, held.shares(), events));
    }
  }

  private JobFailure bad(String what, int day, String why) {
    return new JobFailure(
        Reason.BAD_VALUE,
        "ticker '%s' has %s on %s that %s: correct it in '%s'"
            .formatted(ticker, what, LocalDate.ofEpochDay(day), why, events));
  }
}
