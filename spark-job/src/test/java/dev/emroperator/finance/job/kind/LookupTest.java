package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.job.LocalRun;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
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

  @Test
  void whereTheUserHasSetWhatIsSmallNothingElseIsSaid() {
    RuntimeConfig settings = LocalRun.spark().conf();
    for (String threshold : List.of("-1", "10m", "1g")) {
      settings.set("spark.sql.autoBroadcastJoinThreshold", threshold);
      try {
        assertEquals(false, isBroadcast(1));
      } finally {
        settings.unset("spark.sql.autoBroadcastJoinThreshold");
      }
    }
  }
}
