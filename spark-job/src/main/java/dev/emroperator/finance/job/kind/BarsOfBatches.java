package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.job.input.BadValue;
import dev.emroperator.finance.job.kind.BarClock.Bounds;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The partial bars of one task's batches: {@link PartialBar}. */
final class BarsOfBatches implements Iterator<InternalRow> {

  /** Bars that are held at most before they are given out, partial or not; about 130 bytes each. */
  private static final int MOST = 1 << 20;

  private final Iterator<ColumnarBatch> batches;
  private final ScannedBars.Work work;
  private final BarClock clock;
  private final TickerIds tickers = new TickerIds();
  private final PartialBar partial = new PartialBar();
  private BarTable table = new BarTable();
  private int given;

  /** Where the last row of each ticker went, since the next one mostly goes there, too. */
  private int[] lastPlace = new int[0];

  private long[] lastStart = new long[0];
  private long[] lastEnd = new long[0];

  /** Where each row of the batch goes; −1 for one that is not wanted. */
  private int[] places = new int[0];

  BarsOfBatches(Iterator<ColumnarBatch> batches, ScannedBars.Work work) {
    this.batches = batches;
    this.work = work;
    this.clock = new BarClock(work.every(), ScannedBars.zone(work));
  }

  @Override
  public boolean hasNext() {
    if (given == table.size()) {
      fill();
    }
    return given < table.size();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return partial.of(tickers.name(table.ticker[given]), table, given++);
  }

  private void fill() {
    table = new BarTable();
    given = 0;
    Arrays.fill(lastEnd, Long.MIN_VALUE);
    while (table.size() < MOST && batches.hasNext()) {
      add(batches.next());
    }
  }

  /** Column by column, so that each loop does one thing. */
  private void add(ColumnarBatch batch) {
    int rows = batch.numRows();
    long[] times = longs(column(batch, "time"), rows);
    findPlaces(batch, times, rows);
    Prices close = prices(batch, "close", rows);
    boolean isLastWanted = work.fields().contains(Field.CLOSE);
    boolean isMeanWanted = work.fields().contains(Field.AVG_CLOSE);
    Prices high = prices(batch, "high", rows);
    Prices low = prices(batch, "low", rows);
    Prices open = prices(batch, "open", rows);
    for (int row = 0; open != null && row < rows; row++) {
      if (places[row] >= 0 && open.has(row)) {
        table.open(places[row], times[row], open.at(row));
      }
    }
    for (int row = 0; high != null && row < rows; row++) {
      if (places[row] >= 0 && high.has(row)) {
        table.high(places[row], high.at(row));
      }
    }
    for (int row = 0; low != null && row < rows; row++) {
      if (places[row] >= 0 && low.has(row)) {
        table.low(places[row], low.at(row));
      }
    }
    for (int row = 0; close != null && isLastWanted && row < rows; row++) {
      if (places[row] >= 0 && close.has(row)) {
        table.close(places[row], times[row], close.at(row));
      }
    }
    for (int row = 0; close != null && isMeanWanted && row < rows; row++) {
      if (places[row] >= 0 && close.has(row)) {
        table.average(places[row], close.at(row));
      }
    }
    ColumnVector volume = column(batch, "volume");
    if (volume != null) {
      addVolume(volume, rows, prices(batch, "vwap", rows), high, low, close);
    }
  }

  private void addVolume(
      ColumnVector volume, int rows, Prices vwap, Prices high, Prices low, Prices close) {
    boolean wide = volume.dataType().equals(DataTypes.LongType);
    long[] longs = wide ? longs(volume, rows) : null;
    int[] ints = wide ? null : ints(volume, rows);
    boolean mayBeNull = volume.hasNull();
    boolean isTypical = vwap == null && high != null && low != null && close != null;
    for (int row = 0; row < rows; row++) {
      int place = places[row];
      if (place < 0 || mayBeNull && volume.isNullAt(row)) {
        continue;
      }
      long shares = wide ? longs[row] : ints[row];
      try {
        table.volume(place, shares);
        if (vwap != null && vwap.has(row)) {
          table.turnover(place, vwap.at(row), shares);
        } else if (isTypical && high.has(row) && low.has(row) && close.has(row)) {
          table.turnover(place, (high.at(row) + low.at(row) + close.at(row)) / 3, shares);
        }
      } catch (ArithmeticException e) {
        throw ShareSum.beyond(tickers.name(table.ticker[place]).toString(), table.start[place]);
      }
    }
  }

  private void findPlaces(ColumnarBatch batch, long[] times, int rows) {
    ColumnVector ticker = column(batch, "ticker");
    ColumnVector time = column(batch, "time");
    tickers.turnTo(ticker, rows);
    if (places.length < rows) {
      places = new int[rows];
    }
    boolean mayLackKeys = ticker.hasNull() || time.hasNull();
    long from = work.from();
    long until = work.until();
    for (int row = 0; row < rows; row++) {
      if (mayLackKeys && time.isNullAt(row)) {
        throw lacks("time", "null", "a time");
      }
      long at = times[row];
      if (at >= from && at < until) {
        if (mayLackKeys && ticker.isNullAt(row)) {
          throw lacks("ticker", "null", "a ticker");
        }
        int place = place(tickers.of(row), at);
        places[row] = place;
        table.rows[place]++;
      } else {
        places[row] = -1;
      }
    }
  }

  private int place(int id, long at) {
    if (id >= lastPlace.length) {
      int before = lastPlace.length;
      int wider = Math.max(1024, 2 * (id + 1));
      lastPlace = Arrays.copyOf(lastPlace, wider);
      lastStart = Arrays.copyOf(lastStart, wider);
      lastEnd = Arrays.copyOf(lastEnd, wider);
      Arrays.fill(lastEnd, before, wider, Long.MIN_VALUE);
    }
    if (at >= lastStart[id] && at < lastEnd[id]) {
      return lastPlace[id];
    }
    if (tickers.name(id).numBytes() == 0) {
      throw lacks("ticker", "", "a ticker");
    }
    Bounds bar = clock.of(at);
    int place = table.place(id, bar.start());
    lastPlace[id] = place;
    lastStart[id] = bar.start();
    lastEnd[id] = bar.end();
    return place;
  }

  /** Null where the column is not read. */
  private Prices prices(ColumnarBatch batch, String name, int rows) {
    ColumnVector column = column(batch, name);
    if (column == null) {
      return null;
    }
    double[] values = doubles(column, rows);
    Prices prices = new Prices(values, column.hasNull() ? column : null);
    for (int row = 0; row < rows; row++) {
      // False for NaN and both infinities.
      if (!(Math.abs(values[row]) <= Double.MAX_VALUE) && places[row] >= 0 && prices.has(row)) {
        throw bad(name, values[row], "a finite number");
      }
    }
    return prices;
  }

  /** A column of finite numbers; the vector only where it may hold nulls. */
  private record Prices(double[] values, ColumnVector vector) {
    boolean has(int row) {
      return vector == null || !vector.isNullAt(row);
    }

    double at(int row) {
      return values[row];
    }
  }

  private IllegalArgumentException bad(String column, Object value, String expected) {
    return BadValue.found(work.names().get(column), value, expected);
  }

  private IllegalArgumentException lacks(String key, Object value, String expected) {
    return BadValue.foundNoKey(work.names().get(key), value, expected);
  }

  /**
   * Where there are nulls, row by row: Spark leaves at their places the numbers of an earlier
   * dictionary, which this one may not know.
   */
  private static double[] doubles(ColumnVector column, int rows) {
    if (!column.hasNull()) {
      return column.getDoubles(0, rows);
    }
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = column.isNullAt(row) ? 0 : column.getDouble(row);
    }
    return values;
  }

  private static long[] longs(ColumnVector column, int rows) {
    if (!column.hasNull()) {
      return column.getLongs(0, rows);
    }
    long[] values = new long[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = column.isNullAt(row) ? 0 : column.getLong(row);
    }
    return values;
  }

  private static int[] ints(ColumnVector column, int rows) {
    if (!column.hasNull()) {
      return column.getInts(0, rows);
    }
    int[] values = new int[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = column.isNullAt(row) ? 0 : column.getInt(row);
    }
    return values;
  }

  private ColumnVector column(ColumnarBatch batch, String name) {
    Integer at = work.columns().get(name);
    return at == null ? null : batch.column(at);
  }
}
