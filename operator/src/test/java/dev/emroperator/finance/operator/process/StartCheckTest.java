package dev.emroperator.finance.operator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.Samples;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartCheckTest {

  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2));

  private final List<Duration> paused = new ArrayList<>();

  private List<String> await(List<List<String>> looks) {
    Deque<List<String>> left = new ArrayDeque<>(looks);
    return StartCheck.await(left::pop, PAUSES, paused::add);
  }

  @Test
  void startsAtOnceWhenNothingIsMissing() {
    assertEquals(List.of(), await(List.of(List.of())));
    assertEquals(List.of(), paused);
  }

  @Test
  void waitsForWhatIsOnItsWay() {
    assertEquals(List.of(), await(List.of(List.of("no CRD"), List.of())));
    assertEquals(List.of(Duration.ofSeconds(1)), paused);
  }

  @Test
  void givesUpWithWhatIsMissingAtTheEnd() {
    assertEquals(
        List.of("no rights"),
        await(List.of(List.of("no CRD"), List.of("no CRD"), List.of("no rights"))));
    assertEquals(PAUSES, paused);
  }

  @Test
  void theLeaseIsTheOnlyOneThatItAsksFor() {
    List<Right> needed = Right.needed(Samples.config(), "platform");
    assertEquals(12, needed.size());
    assertTrue(
        needed.contains(
            new Right("patch", "coordination.k8s.io", "leases", "platform", "emr-operator-prod")));
    assertEquals(9, Right.needed(Samples.config(), null).size());
  }

  @Test
  void aMissingRightSaysWhatToDo() {
    assertEquals(
        "may not patch financialanalyses/status in namespace research: bind the roles of the"
            + " chart's rbac.yaml to its service account",
        new Right("patch", "g", "financialanalyses/status", "research", null).missing());
  }
}
