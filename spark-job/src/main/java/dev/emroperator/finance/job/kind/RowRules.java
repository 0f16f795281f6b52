package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dayofweek;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.emroperator.finance.api.kind.Adjust;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Quality.Rule;
import java.util.Set;
import org.apache.spark.sql.Column;

/** The rules that look at one row alone. A value that is not there breaks none. */
final class RowRules {

  private RowRules() {}

  /** Sum of the masks of the rules that a row breaks. */
  static Column mask(Quality quality, Set<String> columns) {
    Column mask = lit(0);
    for (Rule rule : quality.rules()) {
      Column broken =
          switch (rule) {
            case PRICE -> price(columns);
            case RANGE -> range();
            case VOLUME -> col("volume").lt(0);
            case WEEKDAY -> dayofweek(col("date")).isin(1, 7);
            case KEY -> col("ticker").isNull().or(col("time").isNull());
            case DUPLICATE, JUMP, STALE -> lit(false);
          };
      mask = mask.bitwiseOR(when(broken, lit(rule.mask())).otherwise(lit(0)));
    }
    return mask;
  }

  /** Spark sorts NaN above all numbers, so it is asked for by name. */
  private static Column price(Set<String> columns) {
    return Adjust.PRICES.stream()
        .filter(columns::contains)
        .map(name -> Series.column(name).cast("double"))
        .map(price -> price.leq(0).or(price.isNaN()).or(price.equalTo(Double.POSITIVE_INFINITY)))
        .reduce(lit(false), Column::or);
  }

  private static Column range() {
    Column low = col("low");
    Column high = col("high");
    return low.gt(high)
        .or(low.gt(col("open")))
        .or(low.gt(col("close")))
        .or(high.lt(col("open")))
        .or(high.lt(col("close")));
  }
}
