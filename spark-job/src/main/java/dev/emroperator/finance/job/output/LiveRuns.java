package dev.emroperator.finance.job.output;

import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Runs that may still publish what they have written: of another object with the same output, say.
 *
 * @param homes folder in which each run has one, with the progress of its attempts
 */
record LiveRuns(Path homes, RunFiles files, Configuration hadoop) {

  /** From the last record of a driver until the operator has moved the pointer. */
  private static final Duration PUBLISHED_WITHIN = Duration.ofHours(1);

  /** Between attempts, and while a cluster starts, a run writes nothing. */
  private static final Duration SILENT_WITHIN = Duration.ofDays(1);

  /**
   * Whether a run may still publish.
   *
   * @param written when its newest result was there, ms since 1970
   */
  boolean has(String runId, long written) throws IOException {
    Optional<FileStatus> newest = newestProgress(new Path(homes, runId));
    boolean hasFinished = newest.isPresent() && hasFinished(newest.get().getPath());
    long last = Math.max(written, newest.map(FileStatus::getModificationTime).orElse(0L));
    return Instant.ofEpochMilli(last)
        .plus(hasFinished ? PUBLISHED_WITHIN : SILENT_WITHIN)
        .isAfter(Instant.now());
  }

  private Optional<FileStatus> newestProgress(Path run) throws IOException {
    FileSystem fs = run.getFileSystem(hadoop);
    FileStatus newest = null;
    for (FileStatus attempt : fs.exists(run) ? fs.listStatus(run) : new FileStatus[0]) {
      Path progress = new Path(attempt.getPath(), Plan.PROGRESS);
      if (fs.exists(progress)) {
        FileStatus found = fs.getFileStatus(progress);
        boolean isNewer =
            newest == null || found.getModificationTime() > newest.getModificationTime();
        newest = isNewer ? found : newest;
      }
    }
    return Optional.ofNullable(newest);
  }

  private boolean hasFinished(Path progress) throws IOException {
    ProgressRecord told = files.readProgress(progress);
    return told.finished();
  }
}
