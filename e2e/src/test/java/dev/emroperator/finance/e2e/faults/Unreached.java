package dev.emroperator.finance.e2e.faults;

import java.util.List;
import java.util.regex.Pattern;

/** Runs whose fault never came have shown nothing; these are the only ones that may be so. */
final class Unreached {

  /**
   * A point that not every life passes.
   *
   * @param point found in what befalls the run
   */
  private record Excuse(Pattern point, String why) {}

  private static final List<Excuse> EXCUSES =
      List.of(
          new Excuse(
              Pattern.compile("EMR ListClusters \\(1\\)$"),
              "the sweep has a clock of its own, and a short course may pass between two"),
          new Excuse(
              Pattern.compile("S3 GET .*/_progress\\.json \\(\\d+\\)$"),
              "progress is looked at as often as the sweep, and a short course may end before"),
          new Excuse(
              Pattern.compile("EMR (Describe|List|Terminate)\\w+ \\(([2-9]|\\d\\d+)\\)$"),
              "whether EMR is asked again depends on how fast the first answer came true"));

  private Unreached() {}

  /** What is wrong with the runs that were not reached. */
  static List<String> wrong(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> !finding.reached() && !isExcused(finding))
        .map(
            finding ->
                "%s, %s: never came; find out why, or say in Unreached why it may stay away"
                    .formatted(finding.kind(), finding.what()))
        .toList();
  }

  private static boolean isExcused(Finding finding) {
    return EXCUSES.stream().anyMatch(excuse -> excuse.point().matcher(finding.what()).find());
  }
}
