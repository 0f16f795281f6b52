package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class LineTest {

  private static Number third(Number from, Number to) {
    return Line.at(1, 0, from, 3, to);
  }

  @Test
  void everyTypeOfNumberKeepsItsType() {
    assertEquals(2.0, third(1.0, 4.0));
    assertEquals(2f, third(1f, 4f));
    assertEquals(2L, third(1L, 4L));
    assertEquals(2, third(1, 4));
    assertEquals((short) 2, third((short) 1, (short) 4));
    assertEquals((byte) 2, third((byte) 1, (byte) 4));
    assertEquals(new BigDecimal("1.67"), third(new BigDecimal("1.50"), new BigDecimal("2.00")));
  }

  @Test
  void wholeNumbersBeyondTheDigitsOfADoubleAreExact() {
    assertEquals(9_007_199_254_740_995L, third(9_007_199_254_740_993L, 9_007_199_254_740_999L));
    assertEquals((Long.MAX_VALUE - 1) / 3 - 2, third(-2L, Long.MAX_VALUE - 3));
    assertEquals(
        -3_074_457_345_618_258_603L, third(Long.MIN_VALUE, Long.MAX_VALUE), "a span of 65 bits");
  }

  @Test
  void ofTwoNearestTheOneFartherFromZeroIsTaken() {
    assertEquals(1L, Line.at(1, 0, 0L, 2, 1L));
    assertEquals(-1L, Line.at(1, 0, 0L, 2, -1L));
  }

  @Test
  void zeroHasTheTypeOfItsColumn() {
    assertEquals(0L, Line.zero(DataTypes.LongType));
    assertEquals(0.0, Line.zero(DataTypes.DoubleType));
    assertEquals(new BigDecimal("0.00"), Line.zero(DataTypes.createDecimalType(10, 2)));
    assertNull(Line.zero(DataTypes.StringType));
  }
}
