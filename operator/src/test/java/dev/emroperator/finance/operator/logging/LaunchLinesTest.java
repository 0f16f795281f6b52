package dev.emroperator.finance.operator.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.emroperator.finance.operator.reconciler.World;
import dev.emroperator.finance.operator.reconciler.steps.Launch;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The lines that tell of a cluster before its id is in the object's status. */
class LaunchLinesTest {

  private static final Map<String, String> ALL_KNOWN =
      Map.of("object", "research/us-equities", "attempt", "1", "cluster", "j-1");

  private final World world = new World();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Launch.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    MDC.clear();
  }

  private Map<String, String> context(String message) {
    return lines.list.stream()
        .filter(line -> line.getFormattedMessage().contains(message))
        .findFirst()
        .orElseThrow()
        .getMDCPropertyMap();
  }

  @Test
  void aRequestedClusterIsNamedAtOnce() {
    world.reconcile();
    assertEquals(ALL_KNOWN, context("cluster j-1 requested"));
    assertEquals(Map.of(), MDC.getCopyOfContextMap(), "nothing stays on the thread");
  }

  @Test
  void anAdoptedClusterIsNamedAtOnce() {
    world.claim();
    world.restart();
    world.emr.create(world.status().attempt().name());
    world.pass(Duration.ofSeconds(10));
    world.reconcile();
    assertEquals(ALL_KNOWN, context("adopted cluster j-1"));
  }
}
