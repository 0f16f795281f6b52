package dev.emroperator.finance.bench.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

  @Test
  void theBoundItselfIsMet() {
    assertTrue(Row.atMost(8, "writes", 8, "").isMet());
    assertFalse(Row.atMost(8, "writes", 8.01, "").isMet());
    assertTrue(Row.atLeast(600, "objects", 600, "").isMet());
    assertFalse(Row.exactly(0, "throttled", 1, "").isMet());
    assertTrue(Row.told("objects", 3000, "").isMet());
  }

  @Test
  void whatIsNotMetStandsOut() {
    assertEquals("| lag, s | 31.2 | ≤ 30 | **no** |", Row.atMost(30, "lag", 31.24, "s").line());
    assertEquals("| objects | 3000 |  |  |", Row.told("objects", 3000, "").line());
    assertEquals("| CPU, s | 0.077 | ≤ 0.100 | yes |", Row.atMost(0.1, "CPU", 0.0771, "s").line());
  }

  @Test
  void percentilesAreOfWhatWasMeasured() {
    Delays delays = new Delays(List.of(4.0, 1.0, 3.0, 2.0));
    assertEquals(2.0, delays.percentile(50));
    assertEquals(4.0, delays.percentile(99));
    assertEquals(1.0, delays.percentile(1));
  }
}
