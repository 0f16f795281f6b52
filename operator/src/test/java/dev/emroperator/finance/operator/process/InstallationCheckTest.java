package dev.emroperator.finance.operator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.health.HealthServer;
import dev.emroperator.finance.operator.health.Vitals;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstallationCheckTest {

  /** Looks at an operator whose informers have seen all objects, or not yet. */
  private static List<String> look(boolean synced) throws IOException {
    Vitals vitals =
        new Vitals(true, false, true, synced, Optional.empty(), Duration.ZERO, Optional.empty());
    try (HealthServer server = new HealthServer(0, () -> vitals)) {
      return InstallationCheck.notReady("http://localhost:" + server.port() + "/ready");
    }
  }

  @Test
  void anOperatorThatIsReadyIsFine() throws IOException {
    assertEquals(List.of(), look(true));
  }

  @Test
  void oneThatIsNotReadySaysWhy() throws IOException {
    String problem = look(false).get(0);
    assertTrue(
        problem.contains("/ready answers 503: the informers have not seen all objects"), problem);
  }

  @Test
  void oneThatDoesNotAnswerIsNamed() {
    String problem = InstallationCheck.notReady("http://localhost:1/ready").get(0);
    assertTrue(problem.startsWith("http://localhost:1/ready can't be reached"), problem);
    assertTrue(problem.contains("network policies"), problem);
  }

  @Test
  void otherArgumentsAreRefused() {
    for (List<String> arguments : List.of(List.of("run"), List.of("check"), List.of("chek", "x"))) {
      String problem = InstallationCheck.problems(arguments, null, null).get(0);
      assertTrue(problem.contains("'check http://service:8080/ready'"), problem);
    }
  }
}
