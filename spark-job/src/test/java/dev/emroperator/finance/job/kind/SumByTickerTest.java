package dev.emroperator.finance.job.kind;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.job.LocalRun;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SumByTickerTest {

  private static Row sum(Row... rows) {
    return LocalRun.spark()
        .createDataFrame(Arrays.asList(rows), StructType.fromDDL("ticker string, x double"))
        .coalesce(1)
        .agg(SumByTicker.of(col("x")))
        .head();
  }

  /** 1e16 and one more is 1e16 in DOUBLE, so that the order of additions shows. */
  @Test
  void theOrderOfRowsDecidesNothing() {
    List<Row> rows =
        List.of(
            RowFactory.create("A", 1e16),
            RowFactory.create("B", 1.0),
            RowFactory.create("C", -1e16),
            RowFactory.create("D", null));
    assertEquals(0.0, sum(rows.get(0), rows.get(1), rows.get(2), rows.get(3)).getDouble(0));
    assertEquals(0.0, sum(rows.get(3), rows.get(2), rows.get(0), rows.get(1)).getDouble(0));
  }

  @Test
  void nothingHasNoSum() {
    assertTrue(sum(RowFactory.create("A", null)).isNullAt(0));
  }
}
