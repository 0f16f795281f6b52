package dev.emroperator.finance.job.kind;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.UnsafeExternalRowSorter.PrefixComputer;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A number that is never smaller for a row that comes later by ticker and time, compared without a
 * sign. Of ASCII tickers with up to six letters, it tells times apart that differ by 18 minutes,
 * and by 66 ms where there are three letters.
 */
final class TickerPrefix extends PrefixComputer {

  private static final int LETTERS = 6;
  private static final int LETTER_BITS = 7;
  private static final int LAST_LETTER = (1 << LETTER_BITS) - 1;

  /** 1950-01-01; 142 years from there are told apart. */
  private static final long EPOCH = -631_152_000_000_000L;

  private static final int TIME_BITS = 52;

  private final int ticker;
  private final int time;
  private final Prefix prefix = new Prefix();

  TickerPrefix(int ticker, int time) {
    this.ticker = ticker;
    this.time = time;
  }

  @Override
  public Prefix computePrefix(InternalRow row) {
    prefix.value =
        row.isNullAt(ticker)
            ? 0
            : of(
                row.getUTF8String(ticker), row.isNullAt(time) ? Long.MIN_VALUE : row.getLong(time));
    return prefix;
  }

  static long of(UTF8String ticker, long micros) {
    int length = ticker.numBytes();
    long bytes = ticker.getPrefix();
    long letters = 0;
    int left = Long.SIZE;
    for (int i = 0; i < Math.min(length, LETTERS); i++) {
      long letter = bytes >>> Long.SIZE - Byte.SIZE * (i + 1) & 0xFF;
      left -= LETTER_BITS;
      if (letter == 0) {
        // Looks like the end of the ticker, but comes after all times of one that ends there.
        return letters | ones(left);
      }
      letters |= Math.min(letter, LAST_LETTER) << left;
      if (letter >= LAST_LETTER) {
        return letters | ones(left);
      }
    }
    if (length > LETTERS) {
      return letters | ones(left);
    }
    return letters | time(micros, length < LETTERS ? left - LETTER_BITS : left);
  }

  private static long ones(int bits) {
    return (1L << bits) - 1;
  }

  private static long time(long micros, int bits) {
    long within = Math.max(EPOCH, Math.min(EPOCH + ones(TIME_BITS), micros));
    return (within - EPOCH) >>> Math.max(0, TIME_BITS - bits);
  }
}
