package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * Sums of DOUBLE over the tickers of a group, always added in the order of their names: Spark's own
 * sum adds in the order in which rows arrive, and then the last digits differ from run to run.
 */
final class SumByTicker {

  private SumByTicker() {}

  /** Null where all values are null, as SQL has it. */
  static Column of(Column value) {
    Column known = when(value.isNotNull(), struct(col("ticker"), value.as("value")));
    Column ordered = array_sort(collect_list(known));
    Column sum = aggregate(ordered, lit(0.0), (all, one) -> all.plus(one.getField("value")));
    return when(size(ordered).gt(0), sum);
  }
}
