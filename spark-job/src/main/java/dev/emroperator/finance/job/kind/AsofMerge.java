package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.api.kind.Asof;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Merges rows of one source into those of another, both sorted by ticker and time. At most four of
 * them are held at once. Of rows with the same ticker and time the last one counts.
 */
final class AsofMerge<V> {

  private final Iterator<Entry<V>> entries;
  private final Asof.Direction direction;
  private final boolean allowExact;
  private final long tolerance;
  private Entry<V> read;
  private byte[] ticker;
  private Entry<V> before;
  private Entry<V> at;
  private Entry<V> after;

  /**
   * Begins before the first row.
   *
   * @param entries in the order of their tickers' bytes, unsigned, and of time
   */
  AsofMerge(Iterator<Entry<V>> entries, Asof asof) {
    this.entries = entries;
    this.direction = asof.direction();
    this.allowExact = asof.allowExact();
    this.tolerance =
        asof.tolerance() == null
            ? Long.MAX_VALUE
            : TimeSpan.parse(asof.tolerance()).toMillis() * 1_000;
    read = next();
    after = nextTime();
  }

  /**
   * A row of the other source.
   *
   * @param ticker UTF-8
   * @param time microseconds since the epoch
   */
  record Entry<V>(byte[] ticker, long time, V value) {}

  /** The row that belongs to a ticker and time; null when none does. Both only ever grow. */
  Entry<V> find(byte[] wanted, long time) {
    if (!Arrays.equals(ticker, wanted)) {
      ticker = wanted;
      before = null;
      at = null;
      while (after != null && Arrays.compareUnsigned(after.ticker, ticker) < 0) {
        after = nextTime();
      }
    }
    moveTo(time);
    Entry<V> found = pick(time);
    return found == null || Math.abs(time - found.time) > tolerance ? null : found;
  }

  private void moveTo(long time) {
    if (at != null && at.time < time) {
      before = at;
      at = null;
    }
    while (isAhead() && after.time < time) {
      before = after;
      after = nextTime();
    }
    if (isAhead() && after.time == time) {
      at = after;
      after = nextTime();
    }
  }

  private Entry<V> pick(long time) {
    if (allowExact && at != null) {
      return at;
    }
    Entry<V> next = isAhead() ? after : null;
    return switch (direction) {
      case BACKWARD -> before;
      case FORWARD -> next;
      case NEAREST -> {
        if (before == null || next == null) {
          yield before == null ? next : before;
        }
        yield time - before.time <= next.time - time ? before : next;
      }
    };
  }

  private boolean isAhead() {
    return after != null && Arrays.equals(after.ticker, ticker);
  }

  private Entry<V> nextTime() {
    Entry<V> last = read;
    if (last == null) {
      return null;
    }
    read = next();
    while (read != null && read.time == last.time && Arrays.equals(read.ticker, last.ticker)) {
      last = read;
      read = next();
    }
    return last;
  }

  private Entry<V> next() {
    return entries.hasNext() ? entries.next() : null;
  }
}
