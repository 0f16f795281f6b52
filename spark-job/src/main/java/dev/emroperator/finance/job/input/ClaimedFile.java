package dev.emroperator.finance.job.input;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.JobFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file that must still be what it was when the run was claimed. */
final class ClaimedFile {

  private ClaimedFile() {}

  /** What is made of a file that is found as it was. */
  interface Look<T> {
    T into(FileSystem fs, FileStatus status) throws IOException;
  }

  /**
   * Looks into a file.
   *
   * @throws JobFailure of kind CorruptFile when it is gone, has changed, or is not of its format;
   *     of kind JobError when the store doesn't give it
   */
  static <T> T look(Plan.File file, Configuration hadoop, Look<T> look) {
    Path path = new Path(file.path());
    try {
      FileSystem fs = path.getFileSystem(hadoop);
      FileStatus status = fs.getFileStatus(path);
      if (isChanged(status, file)) {
        throw corrupt(
            file,
            "changed after the run was claimed: it has %d bytes and had %d"
                .formatted(status.getLen(), file.size()));
      }
      return look.into(fs, status);
    } catch (FileNotFoundException e) {
      throw corrupt(file, "is gone since the run was claimed");
    } catch (InterruptedIOException | SocketException | AccessDeniedException e) {
      throw new JobFailure(Reason.JOB_ERROR, "file " + file.path() + " " + firstLine(e));
    } catch (IOException | RuntimeException e) {
      if (e.getClass().getName().startsWith("org.apache.hadoop.fs.s3a.")) {
        throw new JobFailure(Reason.JOB_ERROR, "file " + file.path() + " " + firstLine(e));
      }
      throw e instanceof JobFailure failure ? failure : corrupt(file, firstLine(e));
    }
  }

  /** Why a file is no longer what it was, without looking into it; empty where it is. */
  static Optional<JobFailure> change(Plan.File file, Configuration hadoop) {
    try {
      look(file, hadoop, (fs, status) -> status);
      return Optional.empty();
    } catch (JobFailure failure) {
      return Optional.of(failure);
    }
  }

  /** By size, and by ETag where the store has one; some quote it. */
  static boolean isChanged(FileStatus now, Plan.File claimed) {
    boolean sameContent =
        !(now instanceof EtagSource tagged)
            || tagged.getEtag() == null
            || claimed.etag() == null
            || unquoted(tagged.getEtag()).equals(unquoted(claimed.etag()));
    return now.getLen() != claimed.size() || !sameContent;
  }

  static JobFailure corrupt(Plan.File file, String why) {
    return new JobFailure(Reason.CORRUPT_FILE, "file " + file.path() + " " + why);
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return "can't be read: " + message.lines().findFirst().orElse(message);
  }
}
