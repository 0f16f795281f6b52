package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Bars.Field;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Whole bars of the partial ones of a partition, which come in order of ticker and start. */
final class JoinedBars implements Iterator<InternalRow> {

  private final Iterator<InternalRow> partials;
  private final List<Field> fields;
  private InternalRow ahead;

  JoinedBars(Iterator<InternalRow> partials, List<Field> fields) {
    this.partials = partials;
    this.fields = fields;
    advance();
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public InternalRow next() {
    if (ahead == null) {
      throw new NoSuchElementException();
    }
    // The bytes belong to a row that is filled again.
    UTF8String ticker = ahead.getUTF8String(0).copy();
    long start = ahead.getLong(1);
    BarTable bar = new BarTable(1);
    int at = bar.place(0, start);
    try {
      while (ahead != null && ahead.getLong(1) == start && ticker.equals(ahead.getUTF8String(0))) {
        PartialBar.add(ahead, bar, at);
        advance();
      }
    } catch (ArithmeticException e) {
      throw ShareSum.beyond(ticker.toString(), start);
    }
    Object[] whole = new Object[2 + fields.size()];
    whole[0] = ticker;
    whole[1] = start;
    for (int i = 0; i < fields.size(); i++) {
      whole[2 + i] = value(fields.get(i), bar, at);
    }
    return new GenericInternalRow(whole);
  }

  private void advance() {
    ahead = partials.hasNext() ? partials.next() : null;
  }

  private static Object value(Field field, BarTable bar, int at) {
    return switch (field) {
      case OPEN -> known(bar.open[at]);
      case HIGH -> known(bar.high[at]);
      case LOW -> known(bar.low[at]);
      case CLOSE -> known(bar.close[at]);
      case AVG_CLOSE ->
          bar.closeCount[at] == 0 ? null : (Object) (bar.closes[at] / bar.closeCount[at]);
      case VOLUME -> bar.volumeCount[at] == 0 ? null : (Object) bar.volume[at];
      case VWAP ->
          bar.turnoverVolume[at] == 0 ? null : (Object) (bar.turnover[at] / bar.turnoverVolume[at]);
      case COUNT -> bar.rows[at];
    };
  }

  private static Object known(double value) {
    return Double.isNaN(value) ? null : (Object) value;
  }
}
