package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;

import dev.emroperator.finance.api.kind.Beta;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Regression of the returns of each ticker on those of a benchmark. */
final class BetaAnalysis implements SortedPass.Kernel {

  private final int minPeriods;
  private final PairWindow window;
  private double before;

  BetaAnalysis(Beta beta) {
    minPeriods = beta.minPeriods();
    window = new PairWindow(beta.window() == null ? 0 : beta.window());
  }

  static Series of(Series series, Beta beta, Map<String, Series> with) {
    Series benchmark = Benchmark.of(series, beta, with);
    Dataset<Row> both =
        series
            .rows()
            .select("ticker", "time", "date", beta.column())
            .join(Lookup.small(benchmark.rows()), new String[] {"time"}, "left");
    List<String> names = beta.gives(Set.of());
    Dataset<Row> rows =
        SortedPass.of(
                series.withRows(both),
                List.of(beta.column(), Benchmark.RETURN),
                names,
                () -> new BetaAnalysis(beta))
            .rows();
    Dataset<Row> counted = rows.withColumn("n", col("n").cast("bigint"));
    return series
        .withRows(beta.window() == null ? last(counted, names) : counted)
        .holding(benchmark.held());
  }

  /** The row of each ticker that has seen all; of rows with as many returns, all say the same. */
  private static Dataset<Row> last(Dataset<Row> rows, List<String> names) {
    Column[] fields =
        Stream.concat(
                Stream.of(max("time").as("time"), max("date").as("date")),
                names.stream()
                    .map(name -> max_by(Series.column(name), col("n")).as("last_" + name)))
            .toArray(Column[]::new);
    Dataset<Row> grouped =
        rows.groupBy("ticker")
            .agg(fields[0], java.util.Arrays.copyOfRange(fields, 1, fields.length));
    return grouped.select(
        Stream.concat(
                Stream.of("ticker", "time", "date").map(Series::column),
                names.stream().map(name -> col("last_" + name).as(name)))
            .toArray(Column[]::new));
  }

  @Override
  public void begin() {
    window.clear();
    before = Double.NaN;
  }

  /** Takes a price and the benchmark's return. */
  @Override
  public void row(double[] in, double[] out) {
    double simpleReturn = ReturnsAnalysis.simple(in[0], before);
    before = in[0];
    if (!Double.isNaN(simpleReturn) && !Double.isNaN(in[1])) {
      window.add(in[1], simpleReturn);
    }
    Comoments moments = window.moments();
    boolean known = moments.count() >= minPeriods;
    double correlation = moments.correlation();
    out[0] = moments.count();
    out[1] = known ? moments.slope() : Double.NaN;
    out[2] = known ? moments.intercept() : Double.NaN;
    out[3] = known ? correlation * correlation : Double.NaN;
    out[4] = known ? correlation : Double.NaN;
  }
}
