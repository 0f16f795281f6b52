package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.api.kind.Asof;
import dev.emroperator.finance.api.kind.Asof.Direction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.JavaConverters;

/**
 * The rows of a partition, each followed by the row of the other source that was the last one of
 * its ticker. Both sides come in order of time, back to front where the next one is looked for, and
 * all tickers mixed: Spark sorts by one number much faster than by ticker and time. One row is held
 * for each ticker. Every row begins with ticker and microseconds.
 */
final class AsofByTime implements Iterator<InternalRow> {

  private final Iterator<InternalRow> lefts;
  private final Iterator<InternalRow> rights;
  private final boolean isBackward;
  private final boolean allowExact;
  private final long tolerance;
  private final InterpretedOrdering order;
  private final InternalRow none;
  private final Map<UTF8String, Last> lasts = new HashMap<>();
  private final JoinedRow both = new JoinedRow();
  private InternalRow right;

  /** The last row of a ticker. */
  private static final class Last {
    private InternalRow row;
  }

  /**
   * Begins before the first row.
   *
   * @param right columns of the other side: of several rows with one time, the last in their order
   *     counts
   */
  AsofByTime(
      Iterator<InternalRow> lefts, Iterator<InternalRow> rights, Asof asof, StructType right) {
    this.lefts = lefts;
    this.rights = rights;
    this.isBackward = asof.direction() == Direction.BACKWARD;
    this.allowExact = asof.allowExact();
    this.tolerance =
        asof.tolerance() == null
            ? Long.MAX_VALUE
            : TimeSpan.parse(asof.tolerance()).toMillis() * 1_000;
    DataType[] types =
        Arrays.stream(right.fields()).map(StructField::dataType).toArray(DataType[]::new);
    this.order =
        InterpretedOrdering.forSchema(JavaConverters.asScalaBuffer(Arrays.asList(types)).toSeq());
    this.none = new GenericInternalRow(types.length);
    advance();
  }

  @Override
  public boolean hasNext() {
    return lefts.hasNext();
  }

  @Override
  public InternalRow next() {
    InternalRow left = lefts.next();
    long time = left.getLong(1);
    while (right != null && isReached(right.getLong(1), time)) {
      take();
      advance();
    }
    Last last = lasts.get(left.getUTF8String(0));
    boolean isFound = last != null && Math.abs(time - last.row.getLong(1)) <= tolerance;
    return both.apply(left, isFound ? last.row : none);
  }

  private boolean isReached(long other, long time) {
    return other == time ? allowExact : isBackward == (other < time);
  }

  private void take() {
    UTF8String ticker = right.getUTF8String(0);
    Last last = lasts.get(ticker);
    if (last == null) {
      last = new Last();
      // The bytes belong to a row that is filled again.
      lasts.put(ticker.copy(), last);
      last.row = right.copy();
    } else if (last.row.getLong(1) != right.getLong(1) || order.compare(last.row, right) <= 0) {
      if (last.row instanceof UnsafeRow held && right instanceof UnsafeRow now) {
        held.copyFrom(now);
      } else {
        last.row = right.copy();
      }
    }
  }

  private void advance() {
    right = rights.hasNext() ? rights.next() : null;
  }
}
