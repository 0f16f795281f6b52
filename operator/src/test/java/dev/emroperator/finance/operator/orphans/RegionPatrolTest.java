package dev.emroperator.finance.operator.orphans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.ManualClock;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.emr.EmrException;
import dev.emroperator.finance.operator.emr.EmrException.Kind;
import dev.emroperator.finance.operator.emr.FakeEmr;
import dev.emroperator.finance.operator.plan.JobFlowPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegionPatrolTest {

  private static final String NAME = "prod/research/us-equities/0f6d2a6e-1";
  private static final Duration SWEEP = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final FakeEmr emr = new FakeEmr(clock);
  private final List<FinancialAnalysis> known = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private Lookup lookup = new Lookup.Absent();
  private boolean mayTerminate = true;

  private final RegionPatrol patrol =
      new RegionPatrol(
          "eu-west-1",
          emr,
          new ClusterSweep(emr, SWEEP, 0.4, clock),
          new Judgement("prod", Set.of(), Duration.ofMinutes(15)),
          new Objects(() -> known, (namespace, name) -> lookup),
          namespace -> mayTerminate,
          findings::add,
          clock);

  private String ours(String name) {
    String id = emr.create(name);
    emr.tags.put(
        id,
        Map.of(
            JobFlowPlan.INSTALLATION_TAG,
            "prod",
            FinancialAnalysis.GROUP + "/namespace",
            "research",
            FinancialAnalysis.GROUP + "/name",
            "us-equities",
            FinancialAnalysis.GROUP + "/uid",
            "0f6d2a6e-5c1b-4f7e-9a57-2f4f6c9d1a11"));
    return id;
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      clock.pass(SWEEP);
      patrol.round();
    }
  }

  private String oldOrphan() {
    String id = ours(NAME);
    clock.pass(Duration.ofMinutes(16));
    return id;
  }

  @Test
  void anOrphanOfTwoSweepsIsReportedOnceAndTerminated() {
    String id = oldOrphan();
    rounds(1);
    assertEquals(List.of(), emr.terminated);
    rounds(1);
    assertEquals(List.of(id), emr.terminated);
    rounds(2);
    assertEquals(List.of(id), emr.terminated);
    assertEquals(1, findings.size());
    assertTrue(findings.get(0).message().contains("research/us-equities"));
    assertTrue(findings.get(0).terminated());
  }

  @Test
  void theSameSweepIsNotCountedTwice() {
    oldOrphan();
    rounds(1);
    patrol.round();
    patrol.round();
    assertEquals(List.of(), emr.terminated);
  }

  @Test
  void whereOrphansAreOnlyReportedTheyGoOnAtNoFurtherCost() {
    mayTerminate = false;
    oldOrphan();
    rounds(2);
    int describes = emr.describes;
    rounds(5);
    assertEquals(describes, emr.describes);
    assertEquals(List.of(), emr.terminated);
    assertEquals(1, findings.size());
    assertFalse(findings.get(0).terminated());
  }

  @Test
  void anObjectThatIsFoundOnceBeginsTheCountAnew() {
    oldOrphan();
    rounds(1);
    FinancialAnalysis object = Samples.object();
    lookup = new Lookup.Found(object);
    rounds(1);
    lookup = new Lookup.Absent();
    rounds(1);
    assertEquals(List.of(), emr.terminated);
    rounds(1);
    assertEquals(1, emr.terminated.size());
  }

  @Test
  void nothingIsDoneWhileTheApiServerDoesNotAnswer() {
    oldOrphan();
    lookup = new Lookup.Unread();
    rounds(5);
    assertEquals(List.of(), emr.terminated);
    assertEquals(List.of(), findings);
  }

  @Test
  void anObjectThatIsKnownCostsNoCall() {
    oldOrphan();
    FinancialAnalysis object = Samples.object();
    object.setStatus(
        FinancialAnalysisStatus.EMPTY.withAttempt(
            new Attempt(1, NAME, clock.instant(), "p", 0, null)));
    known.add(object);
    rounds(3);
    assertEquals(0, emr.describes);
    assertEquals(List.of(), emr.terminated);
  }

  @Test
  void aStrayIsTerminatedEvenWhereOrphansAreOnlyReported() {
    mayTerminate = false;
    String kept = ours(NAME);
    clock.pass(Duration.ofSeconds(1));
    String twin = ours(NAME);
    FinancialAnalysis object = Samples.object();
    object.setStatus(
        FinancialAnalysisStatus.EMPTY.withAttempt(
            new Attempt(1, NAME, clock.instant(), "p", 0, null)));
    known.add(object);
    lookup = new Lookup.Found(object);
    rounds(2);
    assertEquals(List.of(twin), emr.terminated, "and not " + kept);
    assertTrue(findings.get(0).hasObject());
  }

  @Test
  void aSweepThatFailsShowsNothingNew() {
    oldOrphan();
    rounds(1);
    emr.listFailure = new EmrException(Kind.UNKNOWN_OUTCOME, "HTTP 500", null);
    rounds(5);
    assertEquals(List.of(), emr.terminated);
    emr.listFailure = null;
    rounds(1);
    assertEquals(1, emr.terminated.size());
  }

  @Test
  void neighboursAreNeverTouched() {
    ours("prod-2/research/us-equities/0f6d2a6e-1");
    emr.create(NAME);
    clock.pass(Duration.ofHours(1));
    rounds(5);
    assertEquals(List.of(), emr.terminated);
    assertEquals(List.of(), findings);
  }
}
