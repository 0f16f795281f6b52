package dev.emroperator.finance.bench.operator;

import java.util.Locale;

/**
 * One number that was measured.
 *
 * @param unit empty for a count
 * @param target what it has to be; null when it is only told
 */
record Row(String what, double measured, String unit, Target target) {

  /** What a number has to be, the bound included; NaN never is. */
  record Target(Side side, double bound) {

    /** On which side of the bound. */
    enum Side {
      AT_MOST("≤"),
      AT_LEAST("≥"),
      EXACTLY("=");

      private final String sign;

      Side(String sign) {
        this.sign = sign;
      }
    }

    boolean isMetBy(double measured) {
      return switch (side) {
        case AT_MOST -> measured <= bound;
        case AT_LEAST -> measured >= bound;
        case EXACTLY -> measured == bound;
      };
    }

    @Override
    public String toString() {
      return side.sign + " " + number(bound);
    }
  }

  static Row told(String what, double measured, String unit) {
    return new Row(what, measured, unit, null);
  }

  static Row atMost(double bound, String what, double measured, String unit) {
    return new Row(what, measured, unit, new Target(Target.Side.AT_MOST, bound));
  }

  static Row atLeast(double bound, String what, double measured, String unit) {
    return new Row(what, measured, unit, new Target(Target.Side.AT_LEAST, bound));
  }

  static Row exactly(double bound, String what, double measured, String unit) {
    return new Row(what, measured, unit, new Target(Target.Side.EXACTLY, bound));
  }

  /** True also when there is no target. */
  boolean isMet() {
    return target == null || target.isMetBy(measured);
  }

  /** As a line of a table in Markdown. */
  String line() {
    return "| %s | %s | %s | %s |"
        .formatted(
            unit.isEmpty() ? what : what + ", " + unit,
            number(measured),
            target == null ? "" : target,
            target == null ? "" : isMet() ? "yes" : "**no**");
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "none" : "never";
    }
    double size = Math.abs(value);
    boolean whole = value == Math.rint(value) || size >= 100;
    String format = whole ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
