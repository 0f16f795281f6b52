package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.faults.SoakAction.Kind;
import dev.emroperator.finance.e2e.faults.SoakRecord.Done;
import dev.emroperator.finance.e2e.faults.SoakRecord.Down;
import dev.emroperator.finance.e2e.faults.SoakRecord.Rest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When no cluster of an object may live. */
class SoakRecordTest {

  private static Done done(long at, String uid, Kind kind) {
    return new Done(at, uid, new SoakAction(kind, uid, "", 0));
  }

  @Test
  void aSuspensionHoldsUntilTheSameObjectIsResumed() {
    List<Done> all =
        List.of(
            done(10, "a", Kind.SUSPEND), done(20, "b", Kind.RESUME), done(30, "a", Kind.RESUME));
    assertEquals(List.of(new Rest("a", 10, 30, "SUSPEND")), SoakRecord.rests(all));
  }

  @Test
  void aDeletionHoldsForEver() {
    List<Done> all = List.of(done(10, "a", Kind.CREATE), done(20, "a", Kind.DELETE));
    assertEquals(List.of(new Rest("a", 20, Long.MAX_VALUE, "DELETE")), SoakRecord.rests(all));
  }

  @Test
  void aCancellationHoldsUntilMoreIsAskedFor() {
    List<Done> all = List.of(done(10, "a", Kind.CANCEL), done(30, "a", Kind.RETRY));
    assertEquals(List.of(new Rest("a", 10, 30, "CANCEL")), SoakRecord.rests(all));
  }

  @Test
  void aCancellationDoesNotTakeBackARerunThatWaits() {
    List<Done> all = List.of(done(10, "a", Kind.RERUN), done(30, "a", Kind.CANCEL));
    assertEquals(List.of(), SoakRecord.rests(all));
  }

  @Test
  void nothingIsDueWhileNoOperatorComesBack() {
    Duration bound = Duration.ofMillis(50);
    List<Down> downs = List.of(new Down(10, 40), new Down(90, Long.MAX_VALUE));
    assertEquals(90, SoakRecord.due(20, bound, downs.subList(0, 1)));
    assertEquals(Long.MAX_VALUE, SoakRecord.due(50, bound, downs));
    assertEquals(50, SoakRecord.due(0, bound, List.of(new Down(60, 80))));
  }

  @Test
  void whatTheUserEndedInItsLifeWasEndedByTheUser() {
    List<Done> all = List.of(done(10, "a", Kind.RERUN), done(30, "a", Kind.CANCEL));
    assertTrue(SoakRecord.wasEnded(all, "a", 20, 40));
    assertFalse(SoakRecord.wasEnded(all, "a", 0, 20));
    assertFalse(SoakRecord.wasEnded(all, "b", 20, 40));
  }
}
