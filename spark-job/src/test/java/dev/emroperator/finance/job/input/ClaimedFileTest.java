package dev.emroperator.finance.job.input;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.run.Plan;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class ClaimedFileTest {

  private static final Plan.File CLAIMED = new Plan.File("s3://prices/a.csv", 100, "\"5d41402a\"");

  /** What a store that knows ETags says of a file. */
  private static final class Tagged extends FileStatus implements EtagSource {
    private static final long serialVersionUID = 1L;
    private final String etag;

    Tagged(long size, String etag) {
      super(size, false, 1, 1, 0, new Path(CLAIMED.path()));
      this.etag = etag;
    }

    @Override
    public String getEtag() {
      return etag;
    }
  }

  @Test
  void aFileOfTheSameSizeWithAnotherEtagIsChanged() {
    assertTrue(ClaimedFile.isChanged(new Tagged(100, "7d793037"), CLAIMED));
  }

  @Test
  void quotesMakeNoDifference() {
    assertFalse(ClaimedFile.isChanged(new Tagged(100, "5d41402a"), CLAIMED));
    assertFalse(ClaimedFile.isChanged(new Tagged(100, "\"5d41402a\""), CLAIMED));
  }

  @Test
  void whereThereIsNoEtagTheSizeDecides() {
    Path path = new Path(CLAIMED.path());
    assertFalse(ClaimedFile.isChanged(new FileStatus(100, false, 1, 1, 0, path), CLAIMED));
    assertTrue(ClaimedFile.isChanged(new FileStatus(101, false, 1, 1, 0, path), CLAIMED));
    assertFalse(ClaimedFile.isChanged(new Tagged(100, null), CLAIMED));
  }
}
