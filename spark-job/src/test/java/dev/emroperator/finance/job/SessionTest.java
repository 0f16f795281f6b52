package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.ZoneId;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SessionTest {

  @Test
  void theZoneOfTheSessionIsUtcWhereverTheJvmIs() {
    assertNotEquals(ZoneId.of("UTC").getRules(), ZoneId.systemDefault().getRules());
    Row row =
        LocalRun.spark()
            .sql("SELECT current_timezone(), CAST(TIMESTAMP '2024-07-01 12:00:00Z' AS STRING)")
            .first();
    assertEquals("UTC", row.getString(0));
    assertEquals("2024-07-01 12:00:00", row.getString(1));
  }
}
