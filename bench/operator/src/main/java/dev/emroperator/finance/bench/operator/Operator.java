package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.localcloud.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The operator that is measured.
 *
 * @param gcLog what its JVM says of its garbage collector
 * @param begun when its process was started, epoch milliseconds
 */
record Operator(OperatorProcess process, Path gcLog, long begun) {

  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");
  private static final Pattern FULL = Pattern.compile("Pause Full .*->([0-9]+)M\\(");

  Usage usage() {
    return Usage.of(process.pid());
  }

  /** Milliseconds of each pause so far. */
  List<Double> pauses() {
    return logged(PAUSE);
  }

  /** What the pattern's group is in each line of the log that has it. */
  private List<Double> logged(Pattern pattern) {
    try (Stream<String> lines = Files.lines(gcLog)) {
      return lines
          .map(pattern::matcher)
          .filter(Matcher::find)
          .map(found -> Double.valueOf(found.group(1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What every scenario tells of it, as JSON: of one that has ended only its pauses. */
  Map<String, Object> told() {
    Map<String, Object> told = new LinkedHashMap<>();
    List<Double> pauses = pauses();
    told.put("pauses", pauses.size());
    told.put("pauses in all, s", sum(pauses) / 1000);
    told.put("longest pause, s", longest(pauses) / 1000);
    if (ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive).isPresent()) {
      Usage usage = usage();
      told.put("CPU, s", usage.cpuSeconds());
      told.put("most memory ever resident, MiB", usage.peakMiB());
    }
    return told;
  }

  /** What its memory and its garbage collector took, up to now. */
  List<Row> memory() {
    Usage usage = usage();
    List<Double> pauses = pauses();
    return List.of(
        Row.atMost(512, "most memory ever resident", usage.peakMiB(), "MiB"),
        Row.told("pauses of the garbage collector, all", sum(pauses) / 1000, "s"),
        Row.told("longest pause", longest(pauses) / 1000, "s"),
        Row.told("threads", usage.threads(), ""),
        Row.told("open files and connections", usage.files(), ""));
  }

  /** What it holds and can't do without: collects everything else first; MiB. */
  double liveHeap() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process collects =
          new ProcessBuilder(jcmd.toString(), "" + process.pid(), "GC.run")
              .redirectErrorStream(true)
              .start();
      String said = new String(collects.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (collects.waitFor() != 0) {
        throw new IllegalStateException("no collection: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    List<Double> left = logged(FULL);
    return left.get(left.size() - 1);
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(v -> v).sum();
  }

  private static double longest(List<Double> values) {
    return values.stream().mapToDouble(v -> v).max().orElse(0);
  }

  void end() {
    process.end(Duration.ofSeconds(110));
  }
}
