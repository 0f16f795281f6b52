package dev.emroperator.finance.bench.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void whatIsNoNumberMeetsNoTarget() {
    assertFalse(Row.atMost(30, "lag", Double.NaN, "s").isMet());
    assertFalse(Row.atLeast(0, "lag", Double.NaN, "s").isMet());
    assertFalse(Row.exactly(0, "lag", Double.NaN, "s").isMet());
    assertFalse(Row.atMost(Double.NaN, "lag", 0, "s").isMet());
    assertFalse(Row.atMost(30, "lag", Double.POSITIVE_INFINITY, "s").isMet());
  }

  @Test
  void whatIsNoNumberIsTold() {
    assertEquals(
        "| lag, s | none | ≤ 30 | **no** |", Row.atMost(30, "lag", Double.NaN, "s").line());
    assertEquals(
        "| lag, s | never | ≤ 30 | **no** |",
        Row.atMost(30, "lag", Double.POSITIVE_INFINITY, "s").line());
  }
}
