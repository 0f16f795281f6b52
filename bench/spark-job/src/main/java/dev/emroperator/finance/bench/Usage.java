package dev.emroperator.finance.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process has used so far. */
record Usage(double cpuSeconds, double wallSeconds) {

  static Usage now() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Usage(system.getProcessCpuTime() / 1e9, System.nanoTime() / 1e9);
  }

  Usage since(Usage before) {
    return new Usage(cpuSeconds - before.cpuSeconds, wallSeconds - before.wallSeconds);
  }

  /** Processes that ran or waited for a core, on average over the last minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** Most memory that the process ever had, in MiB; Linux tells it. */
  static double peakMiB() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(Double.NaN);
    }
  }
}
