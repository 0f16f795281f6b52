package dev.emroperator.finance.bench;

import java.util.Arrays;
import java.util.List;

/** What a run took. */
record Measured(double cpuSeconds, double wallSeconds, double peakMiB) {

  static Measured parse(String line) {
    double[] parts =
        Arrays.stream(line.substring(Child.MARK.length()).split(" "))
            .mapToDouble(Double::parseDouble)
            .toArray();
    return new Measured(parts[0], parts[1], parts[2]);
  }

  /** Of each number the median. */
  static Measured median(List<Measured> runs) {
    return new Measured(
        median(runs.stream().mapToDouble(Measured::cpuSeconds).toArray()),
        median(runs.stream().mapToDouble(Measured::wallSeconds).toArray()),
        median(runs.stream().mapToDouble(Measured::peakMiB).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
