package dev.emroperator.finance.job;

import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.output.RunFiles;
import java.time.Duration;
import java.time.Instant;

/**
 * Halts the driver at the plan's deadline, so that a hung one ends even with nobody left to end it.
 */
final class Deadline {

  private static final int EXIT_CODE = 3;

  private Deadline() {}

  static void haltAt(Instant deadline, Plan plan, RunFiles files) {
    Thread thread = new Thread(() -> waitAndHalt(deadline, plan, files), "deadline");
    thread.setDaemon(true);
    thread.start();
  }

  private static void waitAndHalt(Instant deadline, Plan plan, RunFiles files) {
    try {
      Thread.sleep(Math.max(0, Duration.between(Instant.now(), deadline).toMillis()));
    } catch (InterruptedException e) {
      return;
    }
    // The report may hang like the rest, and must not keep the driver alive.
    Thread report =
        new Thread(
            () ->
                files.writeError(
                    plan, null, new JobFailure("DeadlineExceeded", "not done by " + deadline)));
    report.setDaemon(true);
    report.start();
    try {
      report.join(Duration.ofSeconds(30).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
