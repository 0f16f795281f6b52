package dev.emroperator.finance.job.kind;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.JavaConverters;

/** What a bar is of the rows that one task has seen, as a row that is filled again and again. */
final class PartialBar {

  static final StructType SCHEMA =
      new StructType()
          .add("ticker", DataTypes.StringType)
          .add("time", DataTypes.TimestampType)
          .add("open", DataTypes.DoubleType)
          .add("openTime", DataTypes.LongType)
          .add("high", DataTypes.DoubleType)
          .add("low", DataTypes.DoubleType)
          .add("close", DataTypes.DoubleType)
          .add("closeTime", DataTypes.LongType)
          .add("closes", DataTypes.DoubleType)
          .add("closeCount", DataTypes.LongType)
          .add("volume", DataTypes.LongType)
          .add("turnover", DataTypes.DoubleType)
          .add("turnoverVolume", DataTypes.LongType)
          .add("rows", DataTypes.LongType);

  private static final int OPEN = 2;
  private static final int OPEN_TIME = 3;
  private static final int HIGH = 4;
  private static final int LOW = 5;
  private static final int CLOSE = 6;
  private static final int CLOSE_TIME = 7;
  private static final int CLOSES = 8;
  private static final int CLOSE_COUNT = 9;
  private static final int VOLUME = 10;
  private static final int TURNOVER = 11;
  private static final int TURNOVER_VOLUME = 12;
  private static final int ROWS = 13;

  private final SpecificInternalRow row =
      new SpecificInternalRow(
          JavaConverters.asScalaBuffer(
                  Arrays.asList(
                      Arrays.stream(SCHEMA.fields())
                          .map(StructField::dataType)
                          .toArray(DataType[]::new)))
              .toSeq());

  /** The bar at a place of a table. */
  InternalRow of(UTF8String ticker, BarTable table, int at) {
    row.update(0, ticker);
    row.setLong(1, table.start[at]);
    put(OPEN, table.open[at]);
    row.setLong(OPEN_TIME, table.openTime[at]);
    put(HIGH, table.high[at]);
    put(LOW, table.low[at]);
    put(CLOSE, table.close[at]);
    row.setLong(CLOSE_TIME, table.closeTime[at]);
    row.setDouble(CLOSES, table.closes[at]);
    row.setLong(CLOSE_COUNT, table.closeCount[at]);
    if (table.volumeCount[at] > 0) {
      row.setLong(VOLUME, table.volume[at]);
    } else {
      row.setNullAt(VOLUME);
    }
    row.setDouble(TURNOVER, table.turnover[at]);
    row.setLong(TURNOVER_VOLUME, table.turnoverVolume[at]);
    row.setLong(ROWS, table.rows[at]);
    return row;
  }

  private void put(int at, double value) {
    if (Double.isNaN(value)) {
      row.setNullAt(at);
    } else {
      row.setDouble(at, value);
    }
  }

  /** Adds what another task has seen of a bar. */
  static void add(InternalRow partial, BarTable table, int at) {
    if (!partial.isNullAt(OPEN)) {
      table.open(at, partial.getLong(OPEN_TIME), partial.getDouble(OPEN));
    }
    if (!partial.isNullAt(HIGH)) {
      table.high(at, partial.getDouble(HIGH));
    }
    if (!partial.isNullAt(LOW)) {
      table.low(at, partial.getDouble(LOW));
    }
    if (!partial.isNullAt(CLOSE)) {
      table.close(at, partial.getLong(CLOSE_TIME), partial.getDouble(CLOSE));
    }
    table.closes[at] += partial.getDouble(CLOSES);
    table.closeCount[at] += partial.getLong(CLOSE_COUNT);
    if (!partial.isNullAt(VOLUME)) {
      table.volume(at, partial.getLong(VOLUME));
    }
    table.turnover[at] += partial.getDouble(TURNOVER);
    table.turnoverVolume[at] =
        Math.addExact(table.turnoverVolume[at], partial.getLong(TURNOVER_VOLUME));
    table.rows[at] += partial.getLong(ROWS);
  }
}
