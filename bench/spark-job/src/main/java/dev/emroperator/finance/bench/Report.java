package dev.emroperator.finance.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The medians of a scenario as a table in Markdown. */
final class Report {

  private static final String OURS = "this job";

  private Report() {}

  static String table(
      Scenario scenario, Map<String, List<Measured>> cold, Map<String, List<Measured>> warm) {
    StringBuilder table =
        new StringBuilder(
            """
            ## %s

            | way | cold wall, s | cold CPU, s | warm wall, s | warm CPU, s | peak MiB | CPU cold ÷ ours | CPU warm ÷ ours |
            |---|---|---|---|---|---|---|---|
            """
                .formatted(scenario.title()));
    Measured ourCold = median(cold, OURS);
    Measured ourWarm = median(warm, OURS);
    for (String peer : cold.keySet()) {
      Measured first = median(cold, peer);
      Measured later = median(warm, peer);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f | %.1f | %.1f | %.0f | %.2f | %.2f |%n",
              peer,
              first.wallSeconds(),
              first.cpuSeconds(),
              later.wallSeconds(),
              later.cpuSeconds(),
              Math.max(first.peakMiB(), later.peakMiB()),
              first.cpuSeconds() / ourCold.cpuSeconds(),
              later.cpuSeconds() / ourWarm.cpuSeconds()));
    }
    return table.toString();
  }

  private static Measured median(Map<String, List<Measured>> runs, String peer) {
    List<Measured> all = runs.getOrDefault(peer, List.of());
    return all.isEmpty() ? new Measured(Double.NaN, Double.NaN, Double.NaN) : Measured.median(all);
  }
}
