package dev.emroperator.finance.bench.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the scenarios one after the other, prints a table of each, and writes all as JSON. Ends with
 * 1 when a target was missed, and says which.
 */
public final class Bench {

  private Bench() {}

  public static void main(String[] args) throws IOException {
    if (List.of(args).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    Options options = Options.of(args);
    Map<String, Object> results = new LinkedHashMap<>();
    List<String> missed = new ArrayList<>();
    for (Scenario scenario : options.scenarios()) {
      tell(scenario.title() + (options.isShort() ? ", short" : ""));
      Measured measured = measure(scenario, options);
      System.out.println(table(scenario.title(), measured.rows()));
      results.put(scenario.name().toLowerCase(Locale.ROOT), told(scenario, options, measured));
      write(results, options.json());
      measured.rows().stream()
          .filter(row -> !row.isMet())
          .forEach(row -> missed.add(scenario.title() + ": " + row.line()));
    }
    missed.forEach(row -> tell("missed its target: " + row));
    // Clients of Kubernetes and HTTP leave threads behind.
    System.exit(missed.isEmpty() ? 0 : 1);
  }

  /** What can't be measured must not cost what can. */
  private static Measured measure(Scenario scenario, Options options) {
    try {
      return scenario.measure(options);
    } catch (RuntimeException e) {
      e.printStackTrace();
      return Measured.nothing();
    }
  }

  /** Says what is going on, beside the tables. */
  static void tell(String what) {
    System.err.printf(
        "%s %s (load %.1f)%n", Instant.now().truncatedTo(ChronoUnit.SECONDS), what, load());
  }

  /** Processes that ran or waited for a core, on average over the last minute. */
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String table(String title, List<Row> rows) {
    StringBuilder table =
        new StringBuilder(
            "## %s%n%n| | measured | target | ok |%n|---|---|---|---|%n".formatted(title));
    rows.forEach(row -> table.append(row.line()).append('\n'));
    return table.toString();
  }

  private static Map<String, Object> told(Scenario scenario, Options options, Measured measured) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("title", scenario.title());
    told.put("short", options.isShort());
    told.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    told.put("cores", Runtime.getRuntime().availableProcessors());
    told.put("load", load());
    told.put("rows", measured.rows().stream().map(Bench::told).toList());
    told.put("common", measured.common());
    return told;
  }

  private static Map<String, Object> told(Row row) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("what", row.what());
    told.put("measured", row.measured());
    told.put("unit", row.unit());
    if (row.target() != null) {
      told.put("target", row.target().toString());
      told.put("ok", row.isMet());
    }
    return told;
  }

  private static void write(Map<String, Object> results, Path json) throws IOException {
    Files.createDirectories(json.getParent());
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
  }
}
