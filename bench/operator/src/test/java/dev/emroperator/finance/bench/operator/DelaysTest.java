package dev.emroperator.finance.bench.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DelaysTest {

  @Test
  void percentilesAreOfWhatWasMeasured() {
    Delays delays = new Delays(List.of(4.0, 1.0, 3.0, 2.0));
    assertEquals(2.0, delays.percentile(50));
    assertEquals(4.0, delays.percentile(99));
    assertEquals(1.0, delays.percentile(1));
  }

  @Test
  void ofNothingThereIsNoPercentile() {
    assertEquals(Double.NaN, new Delays(List.of()).percentile(95));
  }

  @Test
  void whatDidNotComeIsTheLongest() {
    Delays some = new Delays(List.of(Double.POSITIVE_INFINITY, 1.0));
    Delays all = Delays.all(List.of(some, new Delays(List.of(2.0))));
    assertEquals(3, all.count());
    assertEquals(2.0, all.percentile(50));
    assertEquals(Double.POSITIVE_INFINITY, all.percentile(95));
  }
}
