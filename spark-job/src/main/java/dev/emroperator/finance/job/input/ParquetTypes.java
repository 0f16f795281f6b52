package dev.emroperator.finance.job.input;

import static org.apache.spark.sql.functions.expr;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.util.Try;

/**
 * The types that Spark knows columns of Parquet files by, each for itself: of a whole file Spark
 * knows none when there is one that it can't read.
 */
final class ParquetTypes {

  /** As Spark's Parquet readers themselves have it. */
  private final ParquetToSparkSchemaConverter converter;

  ParquetTypes(SparkSession spark) {
    converter = new ParquetToSparkSchemaConverter(spark.sessionState().conf());
  }

  /**
   * Types by name of column, without those that can't be read. A time of nanoseconds is one of
   * microseconds, which {@link #micros} makes of it.
   */
  Map<String, DataType> readable(MessageType file) {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (Type field : file.getFields()) {
      of(field).ifPresent(type -> types.put(field.getName(), type));
    }
    return types;
  }

  private Optional<DataType> of(Type field) {
    if (field.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
        && time.getUnit() == TimeUnit.NANOS) {
      return Optional.of(
          time.isAdjustedToUTC() ? DataTypes.TimestampType : DataTypes.TimestampNTZType);
    }
    Try<StructType> known =
        Try.apply(() -> converter.convert(new MessageType(field.getName(), field)));
    return known.isSuccess() ? Optional.of(known.get().apply(0).dataType()) : Optional.empty();
  }

  /** Whether a type, as Parquet writes it, is a time that Spark reads as a whole number. */
  static boolean isNanos(String type) {
    return type.contains("(TIMESTAMP(NANOS,");
  }

  /** The last microsecond that is not after a time, which is nanoseconds since the epoch. */
  static Column micros(Column nanos, DataType type) {
    String whole = nanos.expr().sql();
    // Division goes towards 0, so before 1970 it gives the microsecond after.
    String micros = "timestamp_micros(%1$s div 1000 - int(%1$s %% 1000 < 0))".formatted(whole);
    return expr(micros).cast(type);
  }
}
