package dev.emroperator.finance.e2e.faults;

import java.time.Duration;

/** The times that a lane's operator keeps, and what follows of them. */
enum Pace {
  /** Hundreds of runs fit in an hour. */
  SCALED("timing: {sweep: 1s, progress: 1s, sendWindow: 2s, settle: 3s, scaled: true}", 20, 2),
  /** Those of an installation. */
  UNSCALED("timing: {sweep: 10s}", 60, 80);

  private final String timing;
  private final double inVain;
  private final Duration late;

  /**
   * A pace.
   *
   * @param timing that line of the operator's configuration
   * @param inVain seconds of cluster time that one run may pay for nothing
   * @param late seconds that EMR may take over a request, less than the time to settle
   */
  Pace(String timing, double inVain, long late) {
    this.timing = timing;
    this.inVain = inVain;
    this.late = Duration.ofSeconds(late);
  }

  String timing() {
    return timing;
  }

  double inVain() {
    return inVain;
  }

  Duration late() {
    return late;
  }
}
