package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which runs may go by without their fault. */
class UnreachedTest {

  private static List<String> wrong(String what, boolean reached) {
    return Unreached.wrong(List.of(new Finding("kind", what, List.of(), 1, 0, reached)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before EMR RunJobFlow (1)",
        "before EMR RunJobFlow (2)",
        "SLOW EMR TerminateJobFlows (1)",
        "after EMR DescribeCluster (1)",
        "before S3 PUT /emr-artifacts/LANE/jobs/spark-job-#.jar (1)",
        "two operators and 20 objects"
      })
  void aFaultThatNeverCameIsWrong(String what) {
    assertEquals(
        List.of(
            "kind, "
                + what
                + ": never came; find out why, or say in Unreached why it may stay away"),
        wrong(what, false));
    assertEquals(List.of(), wrong(what, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before EMR ListClusters (1)",
        "SLOW EMR TerminateJobFlows (2)",
        "after EMR DescribeCluster (12)",
        "SLOW S3 GET /research/OBJECT/_runs/#/#/_progress.json (1)"
      })
  void whatDependsOnTheClockMayStayAway(String what) {
    assertEquals(List.of(), wrong(what, false));
  }

  @Test
  void aRecoveryThatIsLaterThanItsGoalIsAViolation() {
    Finding finding = new Finding("kind", "what", List.of(), 25.4, 0, true);
    assertEquals(List.of(), finding.within(25.5).violations());
    assertEquals(
        List.of("kind, what: recovered in 25.4 s, later than 25 s"),
        finding.within(25).violations());
  }
}
