package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.job.input.BadValue;
import dev.emroperator.finance.job.kind.BarClock.Bounds;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The partial bars of one task's batches: {@link ScannedBars#PARTIAL}. */
final class BarsOfBatches implements Iterator<Row> {

  /** Bars that are held at most before they are given out, partial or not; about 130 bytes each. */
  private static final int MOST = 1 << 20;

  private final Iterator<ColumnarBatch> batches;
  private final ScannedBars.Work work;
  private final BarClock clock;
  private final TickerIds tickers = new TickerIds();
  private BarTable table = new BarTable();
  private int given;

  /** Where the last row of each ticker went, since the next one mostly goes there, too. */
  private int[] lastPlace = new int[0];

  private long[] lastStart = new long[0];
  private long[] lastEnd = new long[0];

  private ColumnVector open;
  private ColumnVector high;
  private ColumnVector low;
  private ColumnVector close;
  private ColumnVector volume;
  private ColumnVector vwap;
  private boolean wideVolume;

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
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int at = given++;
    boolean traded = table.volumeCount[at] > 0;
    boolean turned = table.turnoverCount[at] > 0;
    return RowFactory.create(
        tickers.name(table.ticker[at]),
        table.start[at],
        known(table.open[at]),
        table.openTime[at],
        known(table.high[at]),
        known(table.low[at]),
        known(table.close[at]),
        table.closeTime[at],
        table.closeCount[at] > 0 ? (Object) table.closes[at] : null,
        table.closeCount[at],
        traded ? (Object) table.volume[at] : null,
        turned ? (Object) table.turnover[at] : null,
        turned ? (Object) table.turnoverVolume[at] : null,
        table.rows[at]);
  }

  private static Object known(double value) {
    return Double.isNaN(value) ? null : (Object) value;
  }

  private void fill() {
    table = new BarTable();
    given = 0;
    Arrays.fill(lastEnd, Long.MIN_VALUE);
    while (table.size() < MOST && batches.hasNext()) {
      add(batches.next());
    }
  }

  private void add(ColumnarBatch batch) {
    ColumnVector ticker = column(batch, "ticker");
    ColumnVector time = column(batch, "time");
    open = column(batch, "open");
    high = column(batch, "high");
    low = column(batch, "low");
    close = column(batch, "close");
    volume = column(batch, "volume");
    vwap = column(batch, "vwap");
    wideVolume = volume != null && volume.dataType().equals(DataTypes.LongType);
    tickers.turnTo(ticker);
    boolean mayLackKeys = ticker.hasNull() || time.hasNull();
    int rows = batch.numRows();
    for (int row = 0; row < rows; row++) {
      if (mayLackKeys) {
        checkKeys(ticker, time, row);
      }
      long at = time.getLong(row);
      if (at >= work.from() && at < work.until()) {
        add(row, at, place(tickers.of(row), at));
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
    if (tickers.name(id).isEmpty()) {
      throw bad("ticker", "", "a ticker");
    }
    Bounds bar = clock.of(at);
    int place = table.place(id, bar.start());
    lastPlace[id] = place;
    lastStart[id] = bar.start();
    lastEnd[id] = bar.end();
    return place;
  }

  private void add(int row, long at, int place) {
    table.rows[place]++;
    double price = Double.NaN;
    if (open != null && !open.isNullAt(row)) {
      table.open(place, at, finite("open", open.getDouble(row)));
    }
    if (close != null && !close.isNullAt(row)) {
      price = finite("close", close.getDouble(row));
      table.close(place, at, price);
      table.average(place, price);
    }
    if (high != null && !high.isNullAt(row)) {
      table.high(place, finite("high", high.getDouble(row)));
    }
    if (low != null && !low.isNullAt(row)) {
      table.low(place, finite("low", low.getDouble(row)));
    }
    if (volume != null && !volume.isNullAt(row)) {
      long shares = wideVolume ? volume.getLong(row) : volume.getInt(row);
      table.volume(place, shares);
      double typical = typicalPrice(row, price);
      if (!Double.isNaN(typical)) {
        table.turnover(place, typical, shares);
      }
    }
  }

  private double typicalPrice(int row, double last) {
    if (vwap != null) {
      return vwap.isNullAt(row) ? Double.NaN : finite("vwap", vwap.getDouble(row));
    }
    boolean unknown =
        high == null || low == null || close == null || high.isNullAt(row) || low.isNullAt(row);
    return unknown ? Double.NaN : (high.getDouble(row) + low.getDouble(row) + last) / 3;
  }

  private double finite(String column, double value) {
    // False for NaN and both infinities.
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw bad(column, value, "a finite number");
    }
    return value;
  }

  private void checkKeys(ColumnVector ticker, ColumnVector time, int row) {
    if (ticker.isNullAt(row)) {
      throw bad("ticker", "null", "a ticker");
    }
    if (time.isNullAt(row)) {
      throw bad("time", "null", "a time");
    }
  }

  private IllegalArgumentException bad(String column, Object value, String expected) {
    return BadValue.found(work.names().get(column), value, expected);
  }

  private ColumnVector column(ColumnarBatch batch, String name) {
    Integer at = work.columns().get(name);
    return at == null ? null : batch.column(at);
  }
}
