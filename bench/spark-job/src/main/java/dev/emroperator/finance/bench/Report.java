package dev.emroperator.finance.bench;

import java.util.Locale;
import java.util.Set;

/** The medians of a scenario as a table in Markdown. */
final class Report {

  private Report() {}

  /**
   * A line for each way.
   *
   * @param rows of all files that each of them reads
   */
  static String table(String title, long rows, Set<String> peers, Medians medians) {
    StringBuilder table =
        new StringBuilder(
            """
            ## %s, %,d rows

            | way | cold wall, s | cold CPU, s | warm wall, s | warm CPU, s | M rows/s and core, warm | peak MiB | CPU cold ÷ ours | CPU warm ÷ ours |
            |---|---|---|---|---|---|---|---|---|
            """
                .formatted(title, rows));
    Measured ourCold = medians.cold(Medians.OURS);
    for (String peer : peers) {
      Measured first = medians.cold(peer);
      Measured later = medians.warm(peer);
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
              medians.timesOurs(peer, Measured::cpuSeconds)));
    }
    return table.toString();
  }
}
