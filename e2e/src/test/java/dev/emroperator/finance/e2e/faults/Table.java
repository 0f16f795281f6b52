package dev.emroperator.finance.e2e.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of all runs, one row for each class of faults, in Markdown. */
final class Table {

  private static final String ROW = "| %s | %d | %d | %.1f | %.1f | %.1f | %d |%n";

  private Table() {}

  static String of(List<Finding> findings) {
    Map<String, List<Finding>> byKind =
        findings.stream()
            .collect(Collectors.groupingBy(Finding::kind, LinkedHashMap::new, Collectors.toList()));
    StringBuilder table =
        new StringBuilder(
            "| fault class | runs | violations | worst recovery, s | paid in vain, s, all runs"
                + " | worst run | points not reached |\n|---|---|---|---|---|---|---|\n");
    byKind.forEach((kind, own) -> table.append(row(kind, own)));
    return table.append(row("all", findings)).toString();
  }

  private static String row(String kind, List<Finding> findings) {
    return String.format(
        Locale.ROOT,
        ROW,
        kind,
        findings.size(),
        findings.stream().filter(f -> !f.violations().isEmpty()).count(),
        findings.stream().mapToDouble(Finding::recovery).max().orElse(0),
        findings.stream().mapToDouble(Finding::wasted).sum(),
        findings.stream().mapToDouble(Finding::wasted).max().orElse(0),
        findings.stream().filter(f -> !f.reached()).count());
  }
}
