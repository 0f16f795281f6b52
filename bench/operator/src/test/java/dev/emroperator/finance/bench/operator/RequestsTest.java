package dev.emroperator.finance.bench.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {

  private static String line(String at, String verb, String sub) {
    return """
    {"requestReceivedTimestamp":"%s","verb":"%s","objectRef":{"resource":"financialanalyses","subresource":"%s","name":"a"},"responseStatus":{"code":200}}\
    """
        .formatted(at, verb, sub);
  }

  @Test
  void allFilesOfTheLogCountAndOnlyTheTimeThatIsAskedFor(@TempDir Path folder) throws Exception {
    String first = line("2026-11-26T03:00:00.000000Z", "patch", "status");
    String second = line("2026-11-26T03:00:01.000000Z", "get", "");
    String third = line("2026-11-26T03:00:02.000000Z", "patch", "status");
    Files.writeString(folder.resolve("audit-2026-11-26T03-00-00.500.log"), first + "\n");
    Path log = folder.resolve("audit.log");
    Files.writeString(log, second + "\n" + third + "\n{\"verb\":\"pa");
    Requests all = Requests.between(log, 0, Long.MAX_VALUE);
    assertEquals(
        Map.of("patch financialanalyses/status", 2L, "get financialanalyses", 1L), all.byVerb());
    assertEquals(2, all.count(Requests.Request::isWrite));
    long until = Instant.parse("2026-11-26T03:00:02Z").toEpochMilli();
    assertEquals(2, Requests.between(log, 0, until).all().size());
  }
}
