package dev.emroperator.finance.job.progress;

/**
 * What an analysis has to read of the inputs.
 *
 * @param rows of all files; counts for nothing unless {@code isCounted}
 * @param bytes size of all files
 * @param isCounted false where a file does not say how many rows it has
 */
public record Work(long rows, long bytes, boolean isCounted) {

  public static final Work NONE = new Work(0, 0, true);

  /** Reading is what takes long; what comes after it is told by its tasks. */
  private static final double READING = 0.9;

  private static final int ALMOST = 99;

  /**
   * What has been done.
   *
   * @param rows read, those twice that were read twice
   * @param bytes read
   * @param tasks that have ended
   * @param announced tasks that Spark has told of
   */
  record Done(long rows, long bytes, int tasks, int announced) {

    static final Done NOTHING = new Done(0, 0, 0, 0);

    Done announced(int more) {
      return new Done(rows, bytes, tasks, announced + more);
    }

    Done task(long moreRows, long moreBytes) {
      return new Done(rows + moreRows, bytes + moreBytes, tasks + 1, announced);
    }
  }

  /** Both together. */
  public Work plus(Work other) {
    return new Work(rows + other.rows, bytes + other.bytes, isCounted && other.isCounted);
  }

  /** How much is done, 0 to 99. */
  int percent(Done done) {
    double tasks = done.tasks == 0 ? 0 : (double) done.tasks / Math.max(done.tasks, done.announced);
    if (rows == 0 && bytes == 0) {
      return almost(tasks);
    }
    double read = isCounted ? share(done.rows, rows) : share(done.bytes, bytes);
    // Before the first row, tasks only look at files.
    return almost(READING * read + (read == 0 ? 0 : (1 - READING) * tasks));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 1 : Math.min(1, (double) part / whole);
  }

  private static int almost(double share) {
    return Math.min(ALMOST, (int) (100 * share));
  }
}
