package dev.emroperator.finance.job.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.kind.Scan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Parquet files as a kernel takes them that reads batches of columns. */
final class Scans {

  private static final Set<String> NUMBERS =
      Set.of("open", "high", "low", "close", "vwap", "price", "bid", "ask");
  private static final Set<DataType> WHOLE = Set.of(DataTypes.LongType, DataTypes.IntegerType);

  private Scans() {}

  /** Empty where a wanted column is not of the plain type that analyses work with. */
  static Optional<Scan> of(
      Dataset<Row> raw, Map<String, String> names, Set<String> wanted, Plan plan, String zone) {
    Map<String, String> taken = new HashMap<>();
    for (String column : new LinkedHashSet<>(wanted)) {
      String name = names.get(column);
      if (!isPlain(column, type(raw.schema(), name))) {
        return Optional.empty();
      }
      taken.put(column, name);
    }
    long from = plan.from() == null ? Long.MIN_VALUE : first(plan, zone);
    long until =
        plan.to() == null ? Long.MAX_VALUE : midnight(LocalDate.parse(plan.to()).plusDays(1), zone);
    Column[] columns =
        taken.values().stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
    Dataset<Row> rows = within(raw, col("`" + taken.get("time") + "`"), from, until);
    return Optional.of(new Scan(rows.select(columns), taken, from, until));
  }

  private static long first(Plan plan, String zone) {
    return midnight(LocalDate.parse(plan.from()).minusDays(plan.warmupDays()), zone);
  }

  /** Row groups without a wanted time are not read; the rows are looked at by the kernel. */
  private static Dataset<Row> within(Dataset<Row> rows, Column time, long from, long until) {
    Dataset<Row> within = rows;
    if (from != Long.MIN_VALUE) {
      within = within.filter(time.geq(instant(from)).or(time.isNull()));
    }
    if (until != Long.MAX_VALUE) {
      within = within.filter(time.lt(instant(until)).or(time.isNull()));
    }
    return within;
  }

  private static Column instant(long micros) {
    return lit(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  private static long midnight(LocalDate day, String zone) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, day.atStartOfDay(ZoneId.of(zone)).toInstant());
  }

  private static boolean isPlain(String column, DataType type) {
    if (column.equals("ticker")) {
      return type.equals(DataTypes.StringType);
    }
    if (column.equals("time")) {
      return type.equals(DataTypes.TimestampType);
    }
    return column.equals("volume")
        ? WHOLE.contains(type)
        : NUMBERS.contains(column) && type.equals(DataTypes.DoubleType);
  }

  private static DataType type(StructType schema, String name) {
    for (StructField field : schema.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.dataType();
      }
    }
    return DataTypes.NullType;
  }
}
