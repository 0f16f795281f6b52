package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.unix_date;

import dev.emroperator.finance.api.kind.Drawdown;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How far each price of a ticker is below the highest one so far, and since how many days. */
final class DrawdownAnalysis implements SortedPass.Kernel {

  private static final String DAY = "_day";

  private double peak;
  private double peakDay;

  DrawdownAnalysis() {
    begin();
  }

  static Series of(Series series, Drawdown drawdown) {
    Series dated = series.with(DAY, unix_date(col("date")).cast("double"));
    List<String> in = List.of(drawdown.column(), DAY);
    if (drawdown.summary()) {
      return series.withRows(
          typed(SummaryPass.of(dated, in, drawdown.names(), () -> new DrawdownSummary(drawdown))));
    }
    Series made = SortedPass.of(dated, in, drawdown.names(), DrawdownAnalysis::new);
    return made.inOrder(made.rows().withColumn("days", col("days").cast("bigint")));
  }

  private static Dataset<Row> typed(Dataset<Row> summary) {
    Dataset<Row> typed = summary;
    for (String count : List.of("rows", "longestDays")) {
      typed = typed.withColumn(count, col(count).cast("bigint"));
    }
    for (String day : List.of("start", "trough", "recovery")) {
      typed = typed.withColumn(day, expr("date_from_unix_date(cast(`" + day + "` as int))"));
    }
    return typed;
  }

  @Override
  public void begin() {
    peak = Double.NaN;
    peakDay = Double.NaN;
  }

  @Override
  public void row(double[] in, double[] out) {
    double price = in[0];
    double day = in[1];
    if (!Double.isNaN(price) && !(price < peak)) {
      peak = price;
      peakDay = day;
    }
    // Below a peak that is not greater than 0 there are no fractions.
    boolean known = !Double.isNaN(price) && peak > 0;
    out[0] = price;
    out[1] = peak;
    out[2] = known ? price / peak - 1 : Double.NaN;
    out[3] = known ? day - peakDay : Double.NaN;
  }
}
