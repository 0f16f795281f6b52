package dev.emroperator.finance.job.kind;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Numbers between two others, of the type that both have. */
final class Line {

  private Line() {}

  /**
   * What lies on the line from one value to the other. Numbers of fixed digits are exact to the
   * nearest, the half away from zero.
   *
   * @param time between {@code start} and {@code end}, all in microseconds
   */
  static Number at(long time, long start, Number from, long end, Number to) {
    if (from instanceof Double || from instanceof Float) {
      double share = (double) (time - start) / (end - start);
      double value = from.doubleValue() + (to.doubleValue() - from.doubleValue()) * share;
      return from instanceof Double ? (Number) value : (Number) (float) value;
    }
    BigDecimal first = exact(from);
    BigDecimal value =
        exact(to)
            .subtract(first)
            .multiply(BigDecimal.valueOf(time - start))
            .add(first.multiply(BigDecimal.valueOf(end - start)))
            .divide(BigDecimal.valueOf(end - start), first.scale(), RoundingMode.HALF_UP);
    return like(from, value);
  }

  /** 0 of a type; null where it is no number. */
  static Object zero(DataType type) {
    if (type instanceof DecimalType decimal) {
      return BigDecimal.ZERO.setScale(decimal.scale());
    }
    if (DataTypes.DoubleType.equals(type)) {
      return 0.0;
    }
    if (DataTypes.FloatType.equals(type)) {
      return 0f;
    }
    if (DataTypes.LongType.equals(type)) {
      return 0L;
    }
    return DataTypes.IntegerType.equals(type) ? (Object) 0 : null;
  }

  private static BigDecimal exact(Number number) {
    return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
  }

  private static Number like(Number one, BigDecimal value) {
    if (one instanceof Long) {
      return value.longValueExact();
    }
    if (one instanceof Integer) {
      return value.intValueExact();
    }
    if (one instanceof Short) {
      return value.shortValueExact();
    }
    return one instanceof Byte ? (Number) value.byteValueExact() : value;
  }
}
