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
      System.out.println(
          Report.table(scenario, bench.cold.get(scenario.name()), bench.warm.get(scenario.name())));
    }
    Files.createDirectories(bench.options.json().toAbsolutePath().getParent());
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(bench.options.json().toFile(), Map.of("cold", bench.cold, "warm", bench.warm));
  }

  private void run(Scenario scenario) throws IOException, InterruptedException {
    Path data = scenario.data(options);
    Path results = Files.createTempDirectory("bench");
    List<String> peers =
        scenario.peers().keySet().stream()
            .filter(name -> options.peers().isEmpty() || options.peers().contains(name))
            .toList();
    for (int round = 0; round < options.rounds(); round++) {
      for (String peer : peers) {
        Path result = Files.createDirectory(results.resolve(round + "-" + peer.replace(' ', '-')));
        List<Measured> runs = child(scenario, peer, data, result);
        System.err.printf("%s, %s, round %d: %s%n", scenario, peer, round + 1, runs);
        add(cold, scenario, peer, runs.subList(0, 1));
        add(warm, scenario, peer, runs.subList(1, runs.size()));
        delete(result);
      }
    }
    delete(results);
  }

  private static void add(
      Map<String, Map<String, List<Measured>>> to,
      Scenario scenario,
      String peer,
      List<Measured> runs) {
    to.computeIfAbsent(scenario.name(), name -> new LinkedHashMap<>())
        .computeIfAbsent(peer, name -> new ArrayList<>())
        .addAll(runs);
  }

  private List<Measured> child(Scenario scenario, String peer, Path data, Path result)
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
            data.toString(),
            result.toString(),
            "" + (1 + options.warm())));
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
