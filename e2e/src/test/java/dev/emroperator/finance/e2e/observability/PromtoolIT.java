package dev.emroperator.finance.e2e.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Checkout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Prometheus reads the alerts, and they fire when they should and not before. */
class PromtoolIT {

  private static final Path ROOT = Checkout.find().root();

  @Test
  void theRulesAreWhatPrometheusReads() {
    passes("check", "rules", ROOT.resolve("helm/files/alerts.yaml").toString());
  }

  @Test
  void everyAlertFiresInItsCaseAndIsSilentBefore() {
    Path cases = ROOT.resolve("e2e/src/test/resources/observability/alerts-test.yaml");
    passes("test", "rules", cases.toString());
  }

  private static void passes(String... arguments) {
    Tool.Answer answer = Tool.of("promtool").run(arguments);
    assertEquals(0, answer.exitCode(), answer.printed());
  }
}
