package dev.emroperator.finance.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

  @Test
  void readsEachUnit() {
    assertEquals(Duration.ofSeconds(30), TimeSpan.parse("30s"));
    assertEquals(Duration.ofMinutes(20), TimeSpan.parse("20m"));
    assertEquals(Duration.ofHours(6), TimeSpan.parse("6h"));
    assertEquals(Duration.ofDays(999_999), TimeSpan.parse("999999d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "0m", "-1m", "1.5h", "1h30m", " 1h", "1w", "1000000d"})
  void refusesWhatIsNotASpanAndSaysHowToWriteOne(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> TimeSpan.parse(text));
    assertTrue(refusal.getMessage().contains("as in 20m"), refusal.getMessage());
  }
}
