package dev.emroperator.finance.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Runs one peer in a process of its own, some times over, and says what each time took. */
final class Child {

  static final String MARK = "MEASURED ";

  private Child() {}

  /** Scenario, peer, folder of the data, folder for the results, times. */
  public static void main(String[] args) throws Exception {
    Peer peer = Scenario.valueOf(args[0]).peers().get(args[1]);
    Path results = Path.of(args[3]);
    double started = ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
    for (int time = 0; time < Integer.parseInt(args[4]); time++) {
      Usage before = Usage.now();
      peer.run(Path.of(args[2]), results.resolve("" + time));
      Usage used = Usage.now().since(before);
      // The first time includes the start of the process.
      double cpu = time == 0 ? Usage.now().cpuSeconds() : used.cpuSeconds();
      double wall = time == 0 ? System.currentTimeMillis() / 1e3 - started : used.wallSeconds();
      System.out.println(MARK + cpu + " " + wall + " " + Usage.peakMiB());
    }
    System.exit(0);
  }
}
