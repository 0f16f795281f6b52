package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;

import dev.emroperator.finance.api.Rolling;
import dev.emroperator.finance.api.Rolling.Statistic;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Statistics over the last rows of each ticker, in one pass over the sorted rows. Spark's own
 * window functions compute every frame anew.
 */
final class RollingAnalysis {

  private static final int TICKER = 0;
  private static final int VALUE = 3;
  private static final double BOLLINGER_WIDTH = 2;

  private RollingAnalysis() {}

  static Dataset<Row> of(Series series, Rolling rolling) {
    String column = rolling.column();
    Dataset<Row> sorted =
        series
            .rows()
            .select(col("ticker"), col("time"), col("date"), col(column).cast("double").as(column))
            .repartition(col("ticker"))
            // The value settles the order of rows with the same time.
            .sortWithinPartitions(col("ticker"), col("time"), col(column));
    return sorted.mapPartitions(
        (MapPartitionsFunction<Row, Row>) rows -> new Pass(rows, rolling),
        Encoders.row(schema(rolling)));
  }

  private static StructType schema(Rolling rolling) {
    StructType schema =
        new StructType()
            .add("ticker", DataTypes.StringType)
            .add("time", DataTypes.TimestampType)
            .add("date", DataTypes.DateType);
    for (String name : rolling.gives()) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    return schema;
  }

  /** One pass over sorted rows. */
  private static final class Pass implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Rolling rolling;
    private final List<RollingWindow> windows;
    private String ticker;

    Pass(Iterator<Row> rows, Rolling rolling) {
      this.rows = rows;
      this.rolling = rolling;
      this.windows = rolling.windows().stream().map(RollingWindow::new).toList();
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      Row row = rows.next();
      if (!row.getString(TICKER).equals(ticker)) {
        ticker = row.getString(TICKER);
        windows.forEach(RollingWindow::clear);
      }
      Object[] out = new Object[VALUE + rolling.gives().size()];
      for (int i = 0; i <= VALUE; i++) {
        out[i] = row.get(i);
      }
      double value = row.isNullAt(VALUE) ? Double.NaN : row.getDouble(VALUE);
      int at = VALUE + 1;
      for (int i = 0; i < windows.size(); i++) {
        RollingWindow window = windows.get(i);
        window.add(value);
        int needed = rolling.minPeriods() == null ? rolling.windows().get(i) : rolling.minPeriods();
        for (Statistic statistic : rolling.stats()) {
          for (double result : results(statistic, window, value)) {
            boolean known = window.count() >= needed && !Double.isNaN(result);
            out[at++] = known ? (Object) result : null;
          }
        }
      }
      return RowFactory.create(out);
    }
  }

  private static double[] results(Statistic statistic, RollingWindow window, double value) {
    return switch (statistic) {
      case MEAN -> new double[] {window.mean()};
      case STDDEV -> new double[] {window.sampleDeviation()};
      case MIN -> new double[] {window.min()};
      case MAX -> new double[] {window.max()};
      case SUM -> new double[] {window.sum()};
      case ZSCORE -> {
        double deviation = window.sampleDeviation();
        yield new double[] {deviation == 0 ? Double.NaN : (value - window.mean()) / deviation};
      }
      case BOLLINGER -> {
        double width = BOLLINGER_WIDTH * window.populationDeviation();
        yield new double[] {window.mean() - width, window.mean() + width};
      }
    };
  }
}
