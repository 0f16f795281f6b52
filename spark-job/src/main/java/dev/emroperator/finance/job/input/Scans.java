package dev.emroperator.finance.job.input;

import static org.apache.spark.sql.functions.col;

import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.job.kind.Scan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
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

  /**
   * The rows as batches; empty where a wanted column is not of the plain type that analyses work
   * with.
   *
   * @param raw the files, without the row groups that have no wanted day
   */
  static Optional<Scan> of(Dataset<Row> raw, Input input, Set<String> wanted, Days days) {
    Map<String, String> taken = new HashMap<>();
    for (String column : wanted) {
      String name = input.names().get(column);
      if (!isPlain(column, type(raw.schema(), name))) {
        return Optional.empty();
      }
      taken.put(column, name);
    }
    Column[] columns =
        taken.values().stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
    ZoneId zone = ZoneId.of(input.timezone());
    long from = days.first() == null ? Long.MIN_VALUE : midnight(days.first(), zone);
    long until = days.last() == null ? Long.MAX_VALUE : midnight(days.last().plusDays(1), zone);
    return Optional.of(new Scan(raw.select(columns), taken, from, until));
  }

  private static long midnight(LocalDate day, ZoneId zone) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, day.atStartOfDay(zone).toInstant());
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
