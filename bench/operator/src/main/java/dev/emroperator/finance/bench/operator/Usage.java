package dev.emroperator.finance.bench.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process has used so far, as Linux tells it.
 *
 * @param at epoch milliseconds
 * @param cpuSeconds of all its threads, compilers and garbage collector included
 * @param residentMiB memory that it has now
 * @param peakMiB most memory that it ever had
 * @param files open files and connections
 */
record Usage(
    long at, double cpuSeconds, double residentMiB, double peakMiB, int threads, int files) {

  private static final Pattern LINE = Pattern.compile("(VmRSS|VmHWM|Threads):\\s+(\\d+).*");

  static Usage of(long pid) {
    Path process = Path.of("/proc", "" + pid);
    try (Stream<String> lines = Files.lines(process.resolve("status"));
        Stream<Path> files = Files.list(process.resolve("fd"))) {
      Map<String, Double> told =
          lines
              .map(LINE::matcher)
              .filter(m -> m.matches())
              .collect(Collectors.toMap(m -> m.group(1), m -> Double.parseDouble(m.group(2))));
      Duration cpu =
          ProcessHandle.of(pid).flatMap(p -> p.info().totalCpuDuration()).orElse(Duration.ZERO);
      return new Usage(
          System.currentTimeMillis(),
          cpu.toMillis() / 1000.0,
          told.get("VmRSS") / 1024,
          told.get("VmHWM") / 1024,
          told.get("Threads").intValue(),
          (int) files.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double cpuSince(Usage before) {
    return cpuSeconds - before.cpuSeconds;
  }

  double secondsSince(Usage before) {
    return (at - before.at) / 1000.0;
  }

  /** Percent of one core. */
  double percentSince(Usage before) {
    return 100 * cpuSince(before) / secondsSince(before);
  }
}
