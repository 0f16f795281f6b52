package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.job.JobFailure;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What is known of each ticker, joined to rows of many times. */
final class Lookup {

  /** Files of this many bytes fit into the memory of every executor. */
  private static final long SMALL = 64L << 20;

  private static final String THRESHOLD = "spark.sql.autoBroadcastJoinThreshold";

  private Lookup() {}

  /**
   * One row for each ticker, with the given columns.
   *
   * @param name of the input, for the error that says that a ticker has several rows
   */
  static Dataset<Row> of(Series series, String name, List<String> columns) {
    Column[] taken =
        Stream.concat(Stream.of("ticker"), columns.stream())
            .distinct()
            .map(column -> functions.col("`" + column + "`"))
            .toArray(Column[]::new);
    Dataset<Row> rows = series.rows().select(taken).distinct();
    List<Row> several =
        rows.groupBy("ticker")
            .agg(count(lit(1)).as("n"))
            .filter(col("n").gt(1))
            .orderBy("ticker")
            .takeAsList(1);
    if (!several.isEmpty()) {
      throw new JobFailure(
          Reason.BAD_VALUE,
          "'%s' has %d different rows for ticker '%s'; leave one for each ticker"
              .formatted(name, several.get(0).getLong(1), several.get(0).getString(0)));
    }
    return small(rows);
  }

  /**
   * Sent whole to every executor when the files that it is made of are small. Where the user has
   * set what is small, Spark goes by that.
   */
  static Dataset<Row> small(Dataset<Row> rows) {
    if (rows.sparkSession().conf().getAll().contains(THRESHOLD)) {
      return rows;
    }
    boolean fits =
        rows.queryExecution()
            .optimizedPlan()
            .stats()
            .sizeInBytes()
            .$less$eq(scala.math.BigInt.apply(SMALL));
    return fits ? broadcast(rows) : rows;
  }
}
