package dev.emroperator.finance.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| .+ \\| .+ \\|$");

  @Test
  void everyReasonHasItsRowInTroubleshootingAndEveryRowItsReason() throws IOException {
    String page = Files.readString(Path.of("../docs/troubleshooting.md"));
    List<String> rows =
        ROW.matcher(page).results().map((MatchResult row) -> row.group(1)).sorted().toList();
    assertEquals(Stream.of(Reason.values()).map(Reason::code).sorted().toList(), rows);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsCode(Reason reason) {
    assertEquals(reason, Reason.of(reason.code()));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "queued", "QUEUED", "Evaporated"})
  void whatIsNoCodeOfThisVersionIsUnknown(String code) {
    assertEquals(Reason.UNKNOWN, Reason.of(code));
  }
}
