package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.expr;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.kind.Adjust;
import dev.emroperator.finance.api.kind.Gapfill;
import dev.emroperator.finance.job.JobFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A row for each time of the grid that lies between two rows of a ticker. Rows that are there stay
 * as they are, also those at other times.
 *
 * <p>Rows in are ticker, time in microseconds and values; rows out have {@code filled} besides.
 */
final class GapfillAnalysis implements TickerPass.Kernel {

  static final String FILLED = "filled";
  private static final int VALUES = 2;

  /** Times that are sent to every executor, 8 bytes each. */
  private static final int MOST_TIMES = 5_000_000;

  /** Rows that are held at once. */
  private static final int LARGEST_GAP = 1_000_000;

  private final Gapfill gapfill;
  private final Grid grid;
  private final StructType schema;
  private final int close;
  private Object[] before;
  private Object lastClose;

  /**
   * Fills rows.
   *
   * @param schema of the rows, ticker and time first
   */
  GapfillAnalysis(Gapfill gapfill, Grid grid, StructType schema) {
    this.gapfill = gapfill;
    this.grid = grid;
    this.schema = schema;
    this.close = List.of(schema.fieldNames()).indexOf("close");
  }

  static Series of(Series series, Gapfill gapfill) {
    List<String> columns = new ArrayList<>(gapfill.gives(series.values()));
    Dataset<Row> sorted = series.sorted(columns.subList(0, columns.size() - 1));
    columns.addAll(0, List.of("ticker", "time"));
    List<String> taken = List.copyOf(columns.subList(0, columns.size() - 1));
    Dataset<Row> ordered =
        TickerPass.withMicros(
            sorted.select(taken.stream().map(Series::column).toArray(Column[]::new)));
    StructType schema = new StructType();
    for (StructField field : ordered.schema().fields()) {
      schema = schema.add(field.name(), field.dataType());
    }
    StructType known = schema;
    Grid grid = grid(series, gapfill);
    Dataset<Row> filled =
        TickerPass.of(
            ordered,
            known.add(FILLED, DataTypes.BooleanType),
            () -> new GapfillAnalysis(gapfill, grid, known));
    columns.add(VALUES, "date");
    return series.withRows(
        Series.withDate(TickerPass.withInstant(filled), series.zone())
            .select(columns.stream().map(Series::column).toArray(Column[]::new)));
  }

  private static Grid grid(Series series, Gapfill gapfill) {
    return switch (gapfill.grid()) {
      case OBSERVED -> observed(series);
      case WEEKDAYS -> Grid.of(gapfill.every(), series.zone(), true);
      case ALL -> Grid.of(gapfill.every(), series.zone(), false);
    };
  }

  private static Grid observed(Series series) {
    List<Long> times =
        series
            .rows()
            .select(expr("unix_micros(time)"))
            .distinct()
            .limit(MOST_TIMES + 1)
            .as(Encoders.LONG())
            .collectAsList();
    if (times.size() > MOST_TIMES) {
      throw new JobFailure(
          Reason.JOB_ERROR,
          "the grid 'observed' has more than %d times: make bars first, or choose another grid"
              .formatted(MOST_TIMES));
    }
    return new Grid.Observed(times.stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public void begin(String ticker) {
    before = null;
    lastClose = null;
  }

  @Override
  public void row(Object[] row, Consumer<Object[]> out) {
    if (before != null) {
      fill(row, out);
    }
    Object[] made = java.util.Arrays.copyOf(row, row.length + 1);
    made[row.length] = false;
    out.accept(made);
    before = row;
    lastClose = close >= 0 && row[close] != null ? row[close] : lastClose;
  }

  @Override
  public void end(Consumer<Object[]> out) {
    before = null;
  }

  private void fill(Object[] after, Consumer<Object[]> out) {
    long until = (Long) after[1];
    int rows = 0;
    for (long time = grid.after((Long) before[1]); time < until; time = grid.after(time)) {
      rows++;
      if (rows > LARGEST_GAP) {
        throw new JobFailure(
            Reason.JOB_ERROR,
            "ticker '%s' has a gap of more than %d steps: choose a longer step than '%s'"
                .formatted(before[0], LARGEST_GAP, gapfill.every()));
      }
      boolean holds = gapfill.limit() == null || rows <= gapfill.limit();
      out.accept(made(time, after, holds));
    }
  }

  private Object[] made(long time, Object[] after, boolean holds) {
    StructField[] fields = schema.fields();
    Object[] made = new Object[fields.length + 1];
    made[0] = before[0];
    made[1] = time;
    made[fields.length] = true;
    for (int i = VALUES; i < fields.length && holds; i++) {
      made[i] =
          switch (gapfill.method()) {
            case PREVIOUS -> before[i];
            case LINEAR -> between(time, before[i], after[i], (Long) after[1]);
            case NONE -> null;
            case ZERO -> still(fields[i]);
          };
    }
    return made;
  }

  /** On the line in time; what is no number has none. */
  private Object between(long time, Object from, Object to, long end) {
    return from instanceof Number first && to instanceof Number last
        ? Line.at(time, (Long) before[1], first, end, last)
        : null;
  }

  /** Nothing was traded: no volume, and the price has not moved. */
  private Object still(StructField column) {
    if (Adjust.PRICES.contains(column.name())) {
      return lastClose;
    }
    boolean counts = column.name().equals("volume") || column.name().equals("count");
    return counts ? Line.zero(column.dataType()) : null;
  }
}
