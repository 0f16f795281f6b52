package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends the driver at the plan's deadline, so that a hung one ends even with nobody left to end it.
 * When the time has come, it asks for the plan's deadline again: the user may have moved it.
 *
 * @param moved reads the deadline of the plan as it is by then
 * @param report tells why the driver ends
 * @param halt ends it
 * @param patience how long reading and telling may take: S3 may hang like the rest, and must not
 *     keep the driver alive
 */
record Deadline(
    Clock clock, Callable<String> moved, Report report, Runnable halt, Duration patience) {

  /** Time after which a thread looks at the clock again, however far the deadline is. */
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Where it is told why the driver ends. */
  interface Report {
    void write(JobFailure failure) throws IOException;
  }

  /**
   * The instant that a text tells.
   *
   * @throws JobFailure where it tells none
   */
  static Instant parse(String deadline) {
    if (deadline == null) {
      throw new JobFailure(
          Reason.JOB_ERROR, "there is no deadline: give --deadline, as the operator does");
    }
    try {
      return Instant.parse(deadline);
    } catch (DateTimeParseException e) {
      throw new JobFailure(
          Reason.JOB_ERROR,
          "deadline '" + deadline + "' is no instant: write it as in 2026-03-02T16:00:00Z");
    }
  }

  /** Watches over this process from now on. */
  Thread watch(Instant first) {
    return daemon(() -> waitAndHalt(first));
  }

  private void waitAndHalt(Instant first) {
    try {
      Instant deadline = first;
      do {
        sleepUntil(deadline);
        deadline = latest(deadline);
      } while (clock.instant().isBefore(deadline));
      JobFailure failure = new JobFailure(Reason.DEADLINE_EXCEEDED, "not done by " + deadline);
      daemon(() -> tell(failure)).join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      halt.run();
    }
  }

  private void sleepUntil(Instant deadline) throws InterruptedException {
    while (clock.instant().isBefore(deadline)) {
      Duration left = Duration.between(clock.instant(), deadline);
      Thread.sleep(Math.max(1, (left.compareTo(LONGEST) < 0 ? left : LONGEST).toMillis()));
    }
  }

  private Instant latest(Instant known) throws InterruptedException {
    AtomicReference<Instant> told = new AtomicReference<>(known);
    daemon(() -> read(told)).join(patience.toMillis());
    return told.get();
  }

  private void read(AtomicReference<Instant> told) {
    try {
      told.set(parse(moved.call()));
    } catch (Exception e) {
      System.err.println("can't read the plan again: " + e.getMessage());
    }
  }

  private void tell(JobFailure failure) {
    try {
      report.write(failure);
    } catch (IOException e) {
      System.err.println(failure.getMessage() + "; can't report it: " + e.getMessage());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "deadline");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
