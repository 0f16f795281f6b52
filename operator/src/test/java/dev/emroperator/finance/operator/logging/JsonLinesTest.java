package dev.emroperator.finance.operator.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.reconciler.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class JsonLinesTest {

  private final LoggerContext logback = new LoggerContext();
  private final JsonLines lines = new JsonLines();

  JsonLinesTest() {
    logback.setMDCAdapter(
        ((LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory()).getMDCAdapter());
    lines.setContext(logback);
    lines.start();
  }

  @AfterEach
  void clear() {
    MDC.clear();
  }

  private JsonNode logged(String message, Throwable thrown) throws IOException {
    LoggingEvent event =
        new LoggingEvent(
            "test", logback.getLogger("a.Logger"), Level.WARN, message, thrown, new Object[0]);
    String line = new String(lines.encode(event), StandardCharsets.UTF_8);
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.endsWith("}\n"), line);
    return new ObjectMapper().readTree(line);
  }

  @Test
  void aLineIsOneObjectWhateverItSays() throws IOException {
    JsonNode line = logged("two\nlines, \"quoted\" \u2028 and 50 %", null);
    assertEquals("two\nlines, \"quoted\" \u2028 and 50 %", line.get("message").asText());
    assertEquals("WARN", line.get("level").asText());
    assertEquals("a.Logger", line.get("logger").asText());
    assertFalse(line.has("object"));
    assertFalse(line.has("exception"));
    java.time.Instant.parse(line.get("time").asText());
  }

  @Test
  void anExceptionComesWithItsStackTrace() throws IOException {
    String exception =
        logged("failed", new IllegalStateException("broken", new IOException("disk")))
            .get("exception")
            .asText();
    assertTrue(exception.startsWith("java.lang.IllegalStateException: broken\n\tat "), exception);
    assertTrue(exception.contains("Caused by: java.io.IOException: disk"), exception);
  }

  @Test
  void aLineOfAReconciliationNamesObjectAttemptAndClusterAsFarAsTheyAreKnown() throws IOException {
    World world = new World();
    FinancialAnalysis object = world.object;
    try (LogContext context = LogContext.of(object)) {
      assertEquals("research/us-equities", logged("new", null).get("object").asText());
      assertFalse(logged("new", null).has("attempt"));
      String cluster = world.running();
      context.now(object);
      JsonNode line = logged("running", null);
      assertEquals(1, line.get("attempt").asInt());
      assertEquals(cluster, line.get("cluster").asText());
    }
    assertEquals(
        List.of(), logged("after", null).findValues("object"), "nothing stays on the thread");
  }

  @Test
  void linesOfTheOperatorSdkNameTheObjectToo() throws IOException {
    MDC.put("resource.name", "us-equities");
    MDC.put("resource.namespace", "research");
    assertEquals("research/us-equities", logged("from the SDK", null).get("object").asText());
  }
}
