package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.reconciler.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of the step's log, which comes minutes after the step. */
class ExplainTest {

  private static final String LOG = "s3://logs/emr/j-1/steps/s-1/stderr.gz";
  private final World world = new World();

  @BeforeEach
  void fail() {
    String id = world.running();
    world.end(id, "FAILED", "TERMINATED_WITH_ERRORS", "STEP_FAILURE", "Shut down as step failed");
    world.reconcile();
    assertEquals(Phase.FAILED, world.status().phase());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void isAddedWhenItComesBoundedAndWithoutSecrets() throws IOException {
    assertEquals(Duration.ofSeconds(30), world.reconcile());
    assertNull(world.status().outcome().log());
    world.store.objects.put(
        LOG,
        gzip(
            "early line\n".repeat(50_000)
                + "fs.s3a.secret.key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
                + "java.lang.OutOfMemoryError: Java heap space\n"));
    assertNull(world.reconcile());
    String log = world.status().outcome().log();
    assertTrue(log.endsWith("java.lang.OutOfMemoryError: Java heap space"), log);
    assertFalse(log.contains("wJalr"), log);
    assertTrue(log.length() <= 2_000);
    assertEquals(20, log.lines().count());
  }

  @Test
  void isNotWaitedForForEver() {
    world.pass(Duration.ofMinutes(11));
    assertNull(world.reconcile());
    assertNull(world.status().outcome().log());
  }

  @Test
  void brokenOnesStopNothing() {
    world.store.put(LOG, "no gzip at all");
    assertNull(world.reconcile());
    assertTrue(world.status().outcome().log().contains("not readable"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_ACCESS_KEY_ID=HIDDEN1",
        "password: HIDDEN2,",
        "{\"client_secret\": \"HIDDEN3\"}",
        "Using AKIAIOSFODNN7EXAMPLE now",
        "https://b.s3.amazonaws.com/k?X-Amz-Signature=HIDDEN4&x=1",
        "jdbc:postgresql://bob:HIDDEN5@db/prices",
        "spark.hadoop.fs.s3a.session.token=HIDDEN6"
      })
  void secretsAreMasked(String line) {
    String masked = StepLog.masked(line);
    assertFalse(masked.matches(".*(HIDDEN[1-6]|AKIAIOSFODNN7EXAMPLE).*"), masked);
    assertTrue(masked.contains("***"), masked);
  }

  @Test
  void whatIsNoSecretStays() {
    String line =
        "Caused by: java.io.FileNotFoundException: s3://research/us-equities/daily/x.parquet";
    assertEquals(line, StepLog.masked(line));
  }
}
