package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.emroperator.finance.api.kind.Rollup;
import dev.emroperator.finance.api.kind.Rollup.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Simple returns and volumes of groups of tickers at each time. */
final class RollupAnalysis {

  private static final Column RETURN = col("__return");
  private static final Column VOLUME_BEFORE = col("__volume");
  private static final Column CAP = col("__cap");
  private static final Column GROUP = coalesce(col("__group"), lit(Rollup.UNMAPPED));

  private RollupAnalysis() {}

  static Series of(Series series, Rollup rollup, Map<String, Series> with) {
    Column[] fields = fields(rollup, series.has("volume")).toArray(Column[]::new);
    Dataset<Row> grouped =
        returns(series, rollup)
            .join(groups(with.get(rollup.lookup()), rollup), new String[] {"ticker"}, "left")
            .groupBy(GROUP.as("ticker"), col("time"))
            .agg(fields[0], java.util.Arrays.copyOfRange(fields, 1, fields.length));
    Dataset<Row> dated = Series.withDate(grouped, series.zone());
    Column[] order =
        Stream.concat(Stream.of("ticker", "time", "date"), rollup.gives(series.values()).stream())
            .map(Series::column)
            .toArray(Column[]::new);
    return series.withRows(dated.select(order));
  }

  /** The group of each ticker, and its market capitalisation where that is a weight. */
  private static Dataset<Row> groups(Series lookup, Rollup rollup) {
    List<String> columns = new ArrayList<>(List.of(rollup.by()));
    List<Column> taken =
        new ArrayList<>(
            List.of(col("ticker"), Series.column(rollup.by()).cast("string").as("__group")));
    if (rollup.weights().contains(Weight.CAP)) {
      columns.add("marketCap");
      taken.add(col("marketCap").as("__cap"));
    }
    return Lookup.of(lookup, rollup.lookup(), columns).select(taken.toArray(Column[]::new));
  }

  private static Dataset<Row> returns(Series series, Rollup rollup) {
    Column price = Series.column(rollup.column());
    List<Column> order = new ArrayList<>(List.of(col("time"), price));
    List<Column> taken = new ArrayList<>(List.of(col("ticker"), col("time")));
    if (series.has("volume")) {
      order.add(col("volume"));
      taken.add(col("volume"));
    }
    WindowSpec ticker = Window.partitionBy("ticker").orderBy(order.toArray(Column[]::new));
    Column before = lag(price, 1).over(ticker);
    Column simple = price.divide(before).minus(1);
    taken.add(
        when(before.gt(0).and(price.gt(0)).and(simple.lt(Double.POSITIVE_INFINITY)), simple)
            .as("__return"));
    if (rollup.weights().contains(Weight.VOLUME)) {
      taken.add(lag(col("volume").cast("double"), 1).over(ticker).as("__volume"));
    }
    return series.rows().select(taken.toArray(Column[]::new));
  }

  private static List<Column> fields(Rollup rollup, boolean hasVolume) {
    List<Column> fields = new ArrayList<>(List.of(count(lit(1)).as("members")));
    rollup.weights().forEach(weight -> fields.add(mean(weight).as(weight.column())));
    fields.add(count(when(RETURN.gt(0), 1)).as("advancers"));
    fields.add(count(when(RETURN.lt(0), 1)).as("decliners"));
    fields.add(count(when(RETURN.equalTo(0), 1)).as("unchanged"));
    if (hasVolume) {
      fields.add(ShareSum.of(col("volume"), GROUP, col("time")).as("volume"));
    }
    if (rollup.movers() > 0) {
      fields.add(movers(RETURN.multiply(-1), rollup.movers()).as("top"));
      fields.add(movers(RETURN, rollup.movers()).as("bottom"));
    }
    return fields;
  }

  private static Column mean(Weight weight) {
    return switch (weight) {
      case EQUAL -> SumByTicker.of(RETURN).divide(count(RETURN));
      case VOLUME -> weighted(VOLUME_BEFORE);
      case CAP -> weighted(CAP);
    };
  }

  private static Column weighted(Column weight) {
    Column known = RETURN.isNotNull().and(weight.gt(0));
    Column moved = SumByTicker.of(when(known, RETURN.multiply(weight)));
    return moved.divide(SumByTicker.of(when(known, weight)));
  }

  /** Tickers by a rank, the smallest first; of equal ones by name. */
  private static Column movers(Column rank, int count) {
    Column all =
        array_sort(collect_list(when(rank.isNotNull(), struct(rank.as("r"), col("ticker")))));
    Column names = transform(slice(all, 1, count), one -> one.getField("ticker"));
    return when(size(all).gt(0), array_join(names, " "));
  }
}
