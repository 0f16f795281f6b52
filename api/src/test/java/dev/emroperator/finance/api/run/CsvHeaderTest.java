package dev.emroperator.finance.api.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvHeaderTest {

  @Test
  void namesAreTrimmedAndMayBeEmpty() {
    assertEquals(List.of("time", "close", ""), CsvHeader.columns("\uFEFFtime, close ,"));
    assertEquals(List.of("time", "", "close"), CsvHeader.columns("time,,close"));
    assertEquals(List.of(""), CsvHeader.columns(""));
  }

  @Test
  void aCommaWithinQuotesBelongsToTheName() {
    assertEquals(
        List.of("time", "close, adjusted", "5\" bar", "volume"),
        CsvHeader.columns("\"time\",\"close, adjusted\" , \"5\"\" bar\",volume"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"time,\"close", "time,\"close\"d,volume", "time,clo\"se,volume"})
  void aQuoteThatEnclosesNoWholeNameIsRefused(String line) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> CsvHeader.columns(line)).getMessage();
    assertTrue(said.contains("quote") && said.contains(line), said);
  }
}
