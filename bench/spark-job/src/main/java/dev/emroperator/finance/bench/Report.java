package dev.emroperator.finance.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The medians of a scenario as a table in Markdown. */
final class Report {

  private static final String OURS = "this job";

  private Report() {}

  /**
   * A line for each way.
   *
   * @param rows of all files that each of them reads
   */
  static String table(
      String title, long rows, Map<String, List<Measured>> cold, Map<String, List<Measured>> warm) {
    StringBuilder table =
        new StringBuilder(
            """
            ## %s, %,d rows

            | way | cold wall, s | cold CPU, s | warm wall, s | warm CPU, s | M rows/s and core, warm | peak MiB | CPU cold ÷ ours | CPU warm ÷ ours |
            |---|---|---|---|---|---|---|---|---|
            """
                .formatted(title, rows));
    Measured ourCold = median(cold, OURS);
    Measured ourWarm = median(warm, OURS);
    for (String peer : cold.keySet()) {
      Measured first = median(cold, peer);
      Measured later = median(warm, peer);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f | %.1f | %.1f | %.2f | %.0f | %.2f | %.2f |%n",
              peer,
              first.wallSeconds(),
              first.cpuSeconds(),
              later.wallSeconds(),
              later.cpuSeconds(),
              rows / later.cpuSeconds() / 1e6,
              Math.max(first.peakMiB(), later.peakMiB()),
              first.cpuSeconds() / ourCold.cpuSeconds(),
              later.cpuSeconds() / ourWarm.cpuSeconds()));
    }
    return table.toString();
  }

  /** What one application takes for everything, of what one for each takes together. */
  static String share(Map<String, List<Measured>> runs) {
    Measured together = median(runs, OURS);
    double cpu = 0;
    double wall = 0;
    for (String peer : runs.keySet()) {
      if (!peer.equals(OURS)) {
        cpu += median(runs, peer).cpuSeconds();
        wall += median(runs, peer).wallSeconds();
      }
    }
    return String.format(
        Locale.ROOT,
        "All at once take %.0f %% of the CPU and %.0f %% of the time of all one by one (%.1f s and %.1f s).",
        100 * together.cpuSeconds() / cpu,
        100 * together.wallSeconds() / wall,
        cpu,
        wall);
  }

  private static Measured median(Map<String, List<Measured>> runs, String peer) {
    List<Measured> all = runs.getOrDefault(peer, List.of());
    return all.isEmpty() ? new Measured(Double.NaN, Double.NaN, Double.NaN) : Measured.median(all);
  }
}
