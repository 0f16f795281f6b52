package dev.emroperator.finance.operator.orphans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Outcome;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.plan.JobFlowPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final Duration AGE = Duration.ofMinutes(15);
  private static final Instant OLD = NOW.minus(AGE).minusSeconds(1);
  private static final String NAME = "prod/research/us-equities/0f6d2a6e-1";
  private static final Lookup ABSENT = new Lookup.Absent();

  private final Judgement judgement = new Judgement("prod", Set.of("research"), AGE);
  private final FinancialAnalysis object = Samples.object();

  private static ClusterSummary cluster(String id, String name, String state, Instant createdAt) {
    return new ClusterSummary(id, name, state, null, null, createdAt, null);
  }

  private static ClusterSummary old(String name) {
    return cluster("j-1", name, "RUNNING", OLD);
  }

  private static Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>();
    tags.put(JobFlowPlan.INSTALLATION_TAG, "prod");
    tags.put(FinancialAnalysis.GROUP + "/namespace", "research");
    tags.put(FinancialAnalysis.GROUP + "/name", "us-equities");
    tags.put(FinancialAnalysis.GROUP + "/uid", "0f6d2a6e-5c1b-4f7e-9a57-2f4f6c9d1a11");
    return tags;
  }

  private static Map<String, String> tagsWith(String key, String value) {
    Map<String, String> tags = tags();
    tags.put(key, value);
    return tags;
  }

  private Verdict of(ClusterSummary cluster, Map<String, String> tags, Lookup lookup) {
    return judgement.of(cluster, judgement.owner(cluster, tags), lookup, List.of(cluster), NOW);
  }

  private void status(Attempt attempt, EmrCluster named, Outcome outcome) {
    object.setStatus(
        FinancialAnalysisStatus.EMPTY.withAttempt(attempt).withCluster(named).withOutcome(outcome));
  }

  private static Attempt attempt(int number) {
    return new Attempt(
        number, "prod/research/us-equities/0f6d2a6e-" + number, OLD, "process", 0, OLD);
  }

  private static EmrCluster named(String id) {
    return new EmrCluster(id, null, NAME, "RUNNING", OLD, null, null, null, null);
  }

  private Verdict withObject(ClusterSummary cluster, ClusterSummary... others) {
    List<ClusterSummary> live = new ArrayList<>(List.of(others));
    live.add(cluster);
    Lookup found = new Lookup.Found(object);
    return judgement.of(cluster, judgement.owner(cluster, tags()), found, live, NOW);
  }

  @Test
  void anOldClusterWhoseObjectIsGoneIsAnOrphan() {
    assertTrue(judgement.suspects(old(NAME), List.of(), List.of(), NOW));
    assertEquals(Verdict.ORPHAN, of(old(NAME), tags(), ABSENT));
  }

  @Test
  void anObjectMadeAnewUnderTheNameDoesNotOwnTheOldCluster() {
    object.getMetadata().setUid("ffffffff-5c1b-4f7e-9a57-2f4f6c9d1a11");
    assertEquals(Verdict.ORPHAN, of(old(NAME), tags(), new Lookup.Found(object)));
  }

  @Test
  void aYoungClusterIsLeftAlone() {
    ClusterSummary young = cluster("j-1", NAME, "STARTING", NOW.minus(AGE));
    assertFalse(judgement.suspects(young, List.of(), List.of(), NOW));
    assertEquals(Verdict.KEPT, of(young, tags(), ABSENT));
    ClusterSummary ageless = cluster("j-1", NAME, "STARTING", null);
    assertFalse(judgement.suspects(ageless, List.of(), List.of(), NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prod-2/research/us-equities/0f6d2a6e-1",
        "production/research/us-equities/0f6d2a6e-1",
        "my prod/research/us-equities/0f6d2a6e-1",
        "prod/nightly report",
        "prod/research/us-equities/0f6d2a6-1",
        "prod/research/us-equities/0f6d2a6e-",
        "prod/research/us-equities/0f6d2a6e-1/copy",
        "prod"
      })
  void aClusterOfAnotherNameIsANeighbours(String name) {
    assertFalse(judgement.suspects(old(name), List.of(), List.of(), NOW));
    assertEquals(Verdict.NEIGHBOUR, of(old(name), tags(), ABSENT));
  }

  @Test
  void aClusterWithoutANameIsANeighbours() {
    assertFalse(judgement.suspects(old(null), List.of(), List.of(), NOW));
    assertEquals(Verdict.NEIGHBOUR, of(old(null), tags(), ABSENT));
  }

  @Test
  void aClusterWhoseTagsSayOtherwiseIsANeighbours() {
    assertEquals(Verdict.NEIGHBOUR, of(old(NAME), Map.of(), ABSENT));
    for (Map<String, String> other :
        List.of(
            tagsWith(JobFlowPlan.INSTALLATION_TAG, "prod-2"),
            tagsWith(FinancialAnalysis.GROUP + "/namespace", "trading"),
            tagsWith(FinancialAnalysis.GROUP + "/namespace", null),
            tagsWith(FinancialAnalysis.GROUP + "/name", null),
            tagsWith(FinancialAnalysis.GROUP + "/uid", null),
            tagsWith(FinancialAnalysis.GROUP + "/uid", "ffffffff-5c1b-4f7e-9a57-2f4f6c9d1a11"))) {
      assertEquals(Verdict.NEIGHBOUR, of(old(NAME), other, ABSENT), other.toString());
    }
  }

  @Test
  void withoutAScopeEveryNamespaceIsOurs() {
    Judgement everywhere = new Judgement("prod", Set.of(), AGE);
    Map<String, String> tags = tagsWith(FinancialAnalysis.GROUP + "/namespace", "trading");
    Optional<Owner> owner = everywhere.owner(old(NAME), tags);
    assertEquals(Verdict.ORPHAN, everywhere.of(old(NAME), owner, ABSENT, List.of(), NOW));
  }

  @Test
  void withoutAnAnswerFromTheApiServerNothingIsKnown() {
    assertEquals(Verdict.UNKNOWN, of(old(NAME), tags(), new Lookup.Unread()));
  }

  @Test
  void aClusterThatIsGoingIsLeftAlone() {
    ClusterSummary going = cluster("j-1", NAME, "TERMINATING", OLD);
    assertFalse(judgement.suspects(going, List.of(), List.of(), NOW));
    assertEquals(Verdict.KEPT, of(going, tags(), ABSENT));
  }

  @Test
  void theClusterThatStatusNamesIsKeptAndCostsNoCall() {
    status(attempt(1), named("j-1"), null);
    assertFalse(judgement.suspects(old(NAME), List.of(object), List.of(old(NAME)), NOW));
    assertEquals(Verdict.KEPT, withObject(old(NAME)));
  }

  @Test
  void aClusterOfAnotherAttemptIsAStrayHoweverYoung() {
    status(attempt(2), null, null);
    ClusterSummary young = cluster("j-1", NAME, "STARTING", NOW);
    assertTrue(judgement.suspects(young, List.of(object), List.of(young), NOW));
    assertEquals(Verdict.STRAY, withObject(young));
  }

  @Test
  void ofTwinsTheOldestIsKept() {
    status(attempt(1), null, null);
    ClusterSummary first = cluster("j-9", NAME, "STARTING", OLD);
    ClusterSummary second = cluster("j-1", NAME, "RUNNING", OLD.plusSeconds(1));
    assertEquals(Verdict.KEPT, withObject(first, second));
    assertEquals(Verdict.STRAY, withObject(second, first));
  }

  @Test
  void ofTwinsTheOneThatStatusNamesIsKeptEvenIfItIsYounger() {
    status(attempt(1), named("j-1"), null);
    ClusterSummary first = cluster("j-9", NAME, "STARTING", OLD);
    ClusterSummary second = cluster("j-1", NAME, "RUNNING", OLD.plusSeconds(1));
    assertEquals(Verdict.STRAY, withObject(first, second));
    assertEquals(Verdict.KEPT, withObject(second, first));
  }

  @Test
  void anAttemptThatEndedWithoutAClusterNeedsNone() {
    status(attempt(1), null, new Outcome(NOW, false, Reason.REQUEST_REFUSED, "refused"));
    assertEquals(Verdict.STRAY, withObject(old(NAME)));
  }

  @Test
  void anObjectThatLostItsStatusKeepsWhatItHas() {
    assertFalse(judgement.suspects(old(NAME), List.of(object), List.of(old(NAME)), NOW));
    assertEquals(Verdict.KEPT, withObject(old(NAME)));
  }
}
