package dev.emroperator.finance.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs every peer of a scenario in turn, each in a process of its own, and tells the medians. */
public final class Bench {

  /** What Spark's own launcher opens on Java 17; 1 GB is Spark's default. */
  private static final List<String> JVM =
      Stream.concat(
              Stream.of("-Xmx1g", "-XX:+IgnoreUnrecognizedVMOptions", "-Dlog4j2.level=error"),
              Stream.of(
                      "java.lang",
                      "java.lang.invoke",
                      "java.lang.reflect",
                      "java.io",
                      "java.net",
                      "java.nio",
                      "java.util",
                      "java.util.concurrent",
                      "java.util.concurrent.atomic",
                      "jdk.internal.ref",
                      "sun.nio.ch",
                      "sun.nio.cs",
                      "sun.security.action",
                      "sun.util.calendar")
                  .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"))
          .toList();

  private final Options options;
  private final Map<String, Map<String, List<Measured>>> cold = new LinkedHashMap<>();
  private final Map<String, Map<String, List<Measured>>> warm = new LinkedHashMap<>();

  private final Map<Scenario, List<Goal>> goals = new LinkedHashMap<>();

  private Bench(Options options) {
    this.options = options;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    Bench bench = new Bench(Options.of(args));
    for (Scenario scenario : bench.options.scenarios()) {
      bench.run(scenario);
    }
    Files.createDirectories(bench.options.json().toAbsolutePath().getParent());
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(
            bench.options.json().toFile(),
            Map.of("cold", bench.cold, "warm", bench.warm, "goals", bench.goals));
  }

  private void run(Scenario scenario) throws IOException, InterruptedException {
    Map<String, Medians> medians = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, Path>> one : scenario.cases(options).entrySet()) {
      String name = (scenario.name() + " " + one.getKey()).trim();
      run(scenario, name, one.getValue());
      String title = (scenario.title() + ", " + one.getKey()).replaceAll(", $", "");
      Medians took = Medians.of(cold.get(name), warm.get(name));
      System.out.println(Report.table(title, rows(one.getValue()), cold.get(name).keySet(), took));
      medians.put(name, took);
    }
    goals.put(scenario, Goal.of(scenario, options.days(), medians));
    System.out.println(Goal.table(goals.get(scenario)));
  }

  private static long rows(Map<String, Path> data) {
    return data.values().stream().mapToLong(DuckDb::rows).sum();
  }

  private void run(Scenario scenario, String name, Map<String, Path> data)
      throws IOException, InterruptedException {
    Path results = Files.createTempDirectory("bench");
    Map<String, Way> ways = new LinkedHashMap<>(scenario.ways());
    if (!options.peers().isEmpty()) {
      ways.keySet().retainAll(options.peers());
    }
    for (int round = 0; round < options.rounds(); round++) {
      Map<String, String> first = new LinkedHashMap<>();
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        String peer = way.getKey();
        Path result = Files.createDirectory(results.resolve(round + "-" + peer.replace(' ', '-')));
        List<Measured> runs = child(scenario, peer, data, result);
        System.err.printf(
            "%s, %s, round %d, load %.1f: %s%n", name, peer, round + 1, Usage.load(), runs);
        add(cold, name, peer, runs.subList(0, 1));
        add(warm, name, peer, runs.subList(1, runs.size()));
        for (int earlier = 0; earlier < options.warm(); earlier++) {
          delete(result.resolve("" + earlier));
        }
        compare(peer, way.getValue().in(result.resolve("" + options.warm())), first);
      }
      delete(results);
      Files.createDirectory(results);
    }
    delete(results);
  }

  /** Against the peer that made a result first. */
  private static void compare(String peer, Map<String, String> results, Map<String, String> first) {
    results.forEach(
        (name, rows) -> {
          String expected = first.putIfAbsent(name, rows);
          long differences = expected == null ? 0 : SameRows.differences(expected, rows);
          if (differences > 0) {
            throw new IllegalStateException(
                "%d rows of %s by %s differ: compare%n%s%n%s"
                    .formatted(differences, name, peer, expected, rows));
          }
        });
  }

  private static void add(
      Map<String, Map<String, List<Measured>>> to,
      String scenario,
      String peer,
      List<Measured> runs) {
    to.computeIfAbsent(scenario, name -> new LinkedHashMap<>())
        .computeIfAbsent(peer, name -> new ArrayList<>())
        .addAll(runs);
  }

  private List<Measured> child(Scenario scenario, String peer, Map<String, Path> data, Path result)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            scenario.name(),
            peer,
            result.toString(),
            "" + (1 + options.warm())));
    data.forEach((input, folder) -> command.add(input + "=" + folder));
    Path log = Files.createTempFile("bench", ".log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    List<Measured> runs = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> line.startsWith(Child.MARK))
          .forEach(line -> runs.add(Measured.parse(line)));
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(peer + " failed, see " + log);
    }
    Files.delete(log);
    return runs;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
