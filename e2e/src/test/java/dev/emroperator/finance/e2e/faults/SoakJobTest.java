package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which clusters of the soak were told to come to nothing. */
class SoakJobTest {

  @Test
  void aFateBefallsTheFirstClusterWhateverItsNumber() {
    assertTrue(SoakJob.STEP_HANG.spoils("a-3", 1));
    assertFalse(SoakJob.STEP_HANG.spoils("a-4", 2));
  }

  @Test
  void aJobBehavesByTheNumberOfItsAttempt() {
    assertTrue(SoakJob.HANG.spoils("a-1", 1));
    assertFalse(SoakJob.HANG.spoils("a-2", 1));
  }

  @Test
  void aJobThatBehavesSpoilsNothing() {
    assertFalse(SoakJob.SLOW.spoils("a-1", 1));
    assertTrue(SoakJob.SLOW.behaves());
    assertFalse(SoakJob.MASTER_LOSS.behaves());
  }
}
