package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;

import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Quality.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * All rows, with the rules that each breaks in the column {@code reasons}; {@link #good} and {@link
 * #bad} part them.
 */
public final class QualityAnalysis {

  private static final Set<Rule> OF_SEQUENCES = Set.of(Rule.DUPLICATE, Rule.JUMP, Rule.STALE);

  private QualityAnalysis() {}

  static Series of(Series series, Quality quality) {
    List<String> values = quality.gives(series.values());
    List<String> columns = new ArrayList<>(List.of("ticker", "time", "date"));
    columns.addAll(values);
    columns.add(Quality.REASONS);
    boolean looksAround = quality.rules().stream().anyMatch(OF_SEQUENCES::contains);
    Dataset<Row> rows = looksAround ? series.sorted(values) : series.rows();
    Dataset<Row> masked =
        rows.withColumn(Quality.REASONS, RowRules.mask(quality, new HashSet<>(values)))
            .select(columns.stream().map(Series::column).toArray(Column[]::new));
    return series.withRows(looksAround ? around(masked, series.zone(), quality) : masked);
  }

  private static Dataset<Row> around(Dataset<Row> masked, String zone, Quality quality) {
    Dataset<Row> ordered = TickerPass.withMicros(masked.drop("date"));
    List<String> columns = List.of(ordered.columns());
    Map<String, Double> none = new HashMap<>();
    Dataset<Row> marked =
        TickerPass.of(ordered, ordered.schema(), () -> new SequenceRules(quality, columns, none));
    if (quality.rules().contains(Rule.JUMP)) {
      Map<String, Double> jumps = jumps(marked, columns, quality.jump());
      marked =
          TickerPass.of(
              ordered, ordered.schema(), () -> new SequenceRules(quality, columns, jumps));
    }
    return Series.withDate(TickerPass.withInstant(marked), zone)
        .select(
            java.util.Arrays.stream(masked.columns()).map(Series::column).toArray(Column[]::new));
  }

  private static Map<String, Double> jumps(
      Dataset<Row> marked, List<String> columns, double deviations) {
    StructType given =
        new StructType().add("ticker", DataTypes.StringType).add("deviation", DataTypes.DoubleType);
    Map<String, Double> jumps = new HashMap<>();
    for (Row row : TickerPass.of(marked, given, () -> new Deviations(columns)).collectAsList()) {
      jumps.put(row.getString(0), deviations * row.getDouble(1));
    }
    return jumps;
  }

  /** The rows that break no rule, without the reasons. */
  public static Series good(Series all) {
    return all.withRows(all.rows().filter(col(Quality.REASONS).equalTo(0)).drop(Quality.REASONS));
  }

  /** The rows that break a rule, with the reasons. */
  public static Series bad(Series all) {
    return all.withRows(all.rows().filter(col(Quality.REASONS).notEqual(0)));
  }
}
