package dev.emroperator.finance.operator.reconciler.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.reconciler.Decision.Next;
import dev.emroperator.finance.operator.reconciler.World;
import org.junit.jupiter.api.Test;

/** The sample environment lets a namespace run two at a time. */
class AdmitTest {

  private final World world = new World();

  private FinancialAnalysis neighbour(String uid, String created) {
    FinancialAnalysis other = Samples.object();
    other.getMetadata().setName("other-" + uid);
    other.getMetadata().setUid(uid + "-5c1b-4f7e-9a57-2f4f6c9d1a11");
    other.getMetadata().setCreationTimestamp(created);
    world.neighbours.add(other);
    return other;
  }

  private FinancialAnalysis runs(FinancialAnalysis other) {
    World its = new World();
    its.claim();
    other.setStatus(its.status().withPhase(Phase.RUNNING));
    return other;
  }

  private boolean goes() {
    return world.take(world.way().admit()).next() instanceof Next.Proceed;
  }

  @Test
  void waitsWhileOthersRun() {
    runs(neighbour("aaaaaaaa", "2026-03-02T09:00:00Z"));
    assertTrue(goes(), "one place is free");

    World full = new World();
    full.neighbours.addAll(world.neighbours);
    full.neighbours.add(runs(neighbour("bbbbbbbb", "2026-03-02T09:00:01Z")));
    assertTrue(full.take(full.way().admit()).next() instanceof Next.LookAgain);
    assertEquals(Phase.PENDING, full.status().phase());
    assertEquals(Reason.QUEUED, full.status().conditions().get(0).reason());
    assertTrue(full.status().message().contains("number 1 in the queue"), full.status().message());
  }

  @Test
  void theOldestGoesFirstAlsoAfterARestart() {
    runs(neighbour("aaaaaaaa", "2026-03-02T09:00:00Z"));
    FinancialAnalysis older = neighbour("bbbbbbbb", "2026-03-02T09:00:01Z");
    neighbour("cccccccc", "2026-03-02T11:00:00Z");
    assertTrue(!goes(), "an older one waits for the only place");
    assertTrue(world.status().message().contains("number 2"), world.status().message());
    world.restart();
    assertTrue(!goes());
    older.setStatus(FinancialAnalysisStatus.EMPTY.withPhase(Phase.FAILED));
    assertTrue(goes(), "the older one was refused");
  }

  @Test
  void restingDeletedAndFinishedOnesTakeNoPlace() {
    runs(neighbour("aaaaaaaa", "2026-03-02T09:00:00Z"));
    neighbour("bbbbbbbb", "2026-03-02T09:00:01Z")
        .setSpec(Samples.spec(Samples.SPEC + "suspend: true\n"));
    neighbour("cccccccc", "2026-03-02T09:00:02Z")
        .getMetadata()
        .setDeletionTimestamp("2026-03-02T09:00:03Z");
    FinancialAnalysis done = runs(neighbour("dddddddd", "2026-03-02T09:00:03Z"));
    done.setStatus(done.getStatus().withPhase(Phase.SUCCEEDED));
    assertTrue(goes());
  }

  @Test
  void twoThatAskAtOnceDoNotBothTakeTheLastPlace() {
    runs(neighbour("aaaaaaaa", "2026-03-02T09:00:00Z"));
    FinancialAnalysis younger = neighbour("bbbbbbbb", "2026-03-02T11:00:00Z");
    assertTrue(goes());
    assertTrue(
        world.way().admit().take(younger).next() instanceof Next.LookAgain,
        "the first has not written its intent yet");
    assertTrue(goes(), "who was let go stays so");
  }
}
