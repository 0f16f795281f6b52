package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.job.LocalRun;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LookupTest {

  private static boolean isBroadcast(long rows) {
    Dataset<Row> sized = LocalRun.spark().range(rows).toDF("ticker");
    return Lookup.small(sized).queryExecution().logical().toString().contains("broadcast");
  }

  @Test
  void onlyASmallLookupIsSentToEveryExecutor() {
    // A row of a range is 8 bytes.
    assertEquals(true, isBroadcast(8L << 20));
    assertEquals(false, isBroadcast((8L << 20) + 1));
  }
}
