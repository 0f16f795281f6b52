package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.emroperator.finance.api.kind.Adjust;
import dev.emroperator.finance.job.kind.BackAdjustment.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Prices times the factors of all later events, volume times their splits. Events and rows are
 * sorted together, from the last day back to the first, so one pass suffices however many events
 * there are.
 *
 * <p>Rows in are ticker, time in microseconds, day since 1970, 1 for an event, split, dividend, and
 * values; rows out are ticker, time, values and factor.
 */
final class AdjustAnalysis implements TickerPass.Kernel {

  private static final int DAY = 2;
  private static final int EVENT = 3;
  private static final int SPLIT = 4;
  private static final int DIVIDEND = 5;
  private static final int VALUES = 6;

  private record Waiting(Object[] row, Held held) {}

  private final List<String> values;
  private final int close;
  private final BackAdjustment adjustment;
  private final List<Waiting> waiting = new ArrayList<>();

  AdjustAnalysis(String events, List<String> values) {
    this.values = values;
    this.close = VALUES + values.indexOf("close");
    this.adjustment = new BackAdjustment(events);
  }

  static Series of(Series series, Adjust adjust, Map<String, Series> with) {
    List<String> given = adjust.gives(series.values());
    List<String> values = List.copyOf(given.subList(0, given.size() - 1));
    Dataset<Row> rows = rows(series.rows(), values);
    Dataset<Row> both = rows.unionByName(events(with.get(adjust.events()), adjust, values));
    Dataset<Row> adjusted =
        TickerPass.of(
            backwards(both, values),
            schema(values),
            () -> new AdjustAnalysis(adjust.events(), values));
    List<String> columns = new ArrayList<>(List.of("ticker", "time", "date"));
    columns.addAll(given);
    return series.withRows(
        Series.withDate(TickerPass.withInstant(adjusted), series.zone())
            .select(columns.stream().map(Series::column).toArray(Column[]::new)));
  }

  private static Dataset<Row> rows(Dataset<Row> rows, List<String> values) {
    List<Column> taken = keys(0);
    taken.add(lit(null).cast("double").as("split"));
    taken.add(lit(null).cast("double").as("dividend"));
    values.forEach(name -> taken.add(Series.column(name).cast(type(name)).as(name)));
    return rows.select(taken.toArray(Column[]::new));
  }

  private static Dataset<Row> events(Series events, Adjust adjust, List<String> values) {
    List<Column> taken = keys(1);
    for (Adjust.Action action : Adjust.Action.values()) {
      boolean counts = adjust.actions().contains(action);
      Column told = counts ? col(action.column()) : lit(null);
      taken.add(told.cast("double").as(action.column()));
    }
    values.forEach(name -> taken.add(lit(null).cast(type(name)).as(name)));
    return events.rows().select(taken.toArray(Column[]::new));
  }

  private static List<Column> keys(int event) {
    return new ArrayList<>(
        List.of(
            col("ticker"),
            expr("unix_micros(time)").as("time"),
            expr("unix_date(date)").as("day"),
            lit(event).as("event")));
  }

  private static String type(String value) {
    return value.equals("volume") ? "bigint" : "double";
  }

  /** Rows of the ex-date come first, since the event does not change them. */
  private static Dataset<Row> backwards(Dataset<Row> both, List<String> values) {
    List<Column> order =
        new ArrayList<>(
            List.of(
                col("ticker"),
                col("day").desc(),
                col("event"),
                col("time").desc(),
                col("split"),
                col("dividend")));
    values.forEach(name -> order.add(Series.column(name).desc()));
    return both.repartition(col("ticker")).sortWithinPartitions(order.toArray(Column[]::new));
  }

  private static StructType schema(List<String> values) {
    StructType schema =
        new StructType().add("ticker", DataTypes.StringType).add("time", DataTypes.LongType);
    for (String name : values) {
      schema = schema.add(name, name.equals("volume") ? DataTypes.LongType : DataTypes.DoubleType);
    }
    return schema.add("factor", DataTypes.DoubleType);
  }

  @Override
  public void begin(String ticker) {
    adjustment.begin(ticker);
    waiting.clear();
  }

  @Override
  public void row(Object[] row, Consumer<Object[]> out) {
    if ((Integer) row[EVENT] == 1) {
      event(row);
      return;
    }
    waiting.add(new Waiting(row, adjustment.held()));
    double price = row[close] == null ? Double.NaN : (Double) row[close];
    if (price > 0) {
      waiting.forEach(one -> put(one, adjustment.factor(one.held(), price), out));
      waiting.clear();
      adjustment.close(price);
    } else if (adjustment.held().open() == 0) {
      end(out);
    }
  }

  /** Dividends with no close before them change nothing. */
  @Override
  public void end(Consumer<Object[]> out) {
    waiting.forEach(one -> put(one, one.held().factor(), out));
    waiting.clear();
  }

  private void event(Object[] row) {
    int day = (Integer) row[DAY];
    if (row[SPLIT] != null) {
      adjustment.split(day, (Double) row[SPLIT]);
    }
    if (row[DIVIDEND] != null) {
      adjustment.dividend(day, (Double) row[DIVIDEND]);
    }
  }

  private void put(Waiting one, double factor, Consumer<Object[]> out) {
    Object[] made = new Object[2 + values.size() + 1];
    made[0] = one.row()[0];
    made[1] = one.row()[1];
    for (int i = 0; i < values.size(); i++) {
      Object value = one.row()[VALUES + i];
      if (value instanceof Long volume) {
        made[2 + i] = adjustment.shares(volume, one.held());
      } else {
        made[2 + i] = value == null ? null : (Object) ((Double) value * factor);
      }
    }
    made[made.length - 1] = factor;
    out.accept(made);
  }
}
