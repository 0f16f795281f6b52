package dev.emroperator.finance.api;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of time as users write it: a positive whole number and one unit, {@code 30s 20m 6h 7d}. A
 * day is 24 hours.
 */
public final class TimeSpan {

  /** What the schema of every span enforces; at most six digits, so no span can overflow. */
  public static final String PATTERN = "^[1-9][0-9]{0,5}[smhd]$";

  private static final Pattern SHAPE = Pattern.compile(PATTERN);

  private TimeSpan() {}

  /**
   * Reads a span.
   *
   * @throws IllegalArgumentException when the text does not match {@link #PATTERN}
   */
  public static Duration parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time span: write a whole number and s, m, h or d, as in 20m");
    }
    long amount = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
