package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.output.RunFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.Path;

/**
 * Halts the driver at the plan's deadline, so that a hung one ends even with nobody left to end it.
 * When the time has come, it reads the plan again: the user may have moved the deadline.
 */
final class Deadline {

  private static final int EXIT_CODE = 3;

  /** S3 may hang like the rest, and must not keep the driver alive. */
  private static final Duration S3_WITHIN = Duration.ofSeconds(30);

  private final Plan plan;
  private final Path location;
  private final RunFiles files;

  private Deadline(Plan plan, Path location, RunFiles files) {
    this.plan = plan;
    this.location = location;
    this.files = files;
  }

  /** Watches over this process from now on. */
  static void watch(Plan plan, Path location, RunFiles files) {
    daemon(() -> new Deadline(plan, location, files).waitAndHalt());
  }

  private void waitAndHalt() {
    try {
      Instant deadline = Instant.parse(plan.deadline());
      while (Instant.now().isBefore(deadline)) {
        Thread.sleep(Math.max(1, Duration.between(Instant.now(), deadline).toMillis()));
        deadline = moved(deadline);
      }
      String message = "not done by " + deadline;
      daemon(() -> files.writeError(plan, null, new JobFailure(Reason.DEADLINE_EXCEEDED, message)))
          .join(S3_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private Instant moved(Instant deadline) throws InterruptedException {
    AtomicReference<Instant> told = new AtomicReference<>(deadline);
    daemon(() -> read(told)).join(S3_WITHIN.toMillis());
    return told.get();
  }

  private void read(AtomicReference<Instant> told) {
    try {
      told.set(Instant.parse(files.readPlan(location).deadline()));
    } catch (IOException | RuntimeException e) {
      System.err.println("can't read the plan again: " + e.getMessage());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "deadline");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
