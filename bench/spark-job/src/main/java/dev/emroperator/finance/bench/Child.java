package dev.emroperator.finance.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs one peer in a process of its own, some times over, and says what each time took. */
final class Child {

  static final String MARK = "MEASURED ";

  private Child() {}

  /** Scenario, peer, folder for the results, times, and the inputs as name=folder. */
  public static void main(String[] args) throws Exception {
    Peer peer = Scenario.valueOf(args[0]).ways().get(args[1]).peer();
    Path results = Path.of(args[2]);
    Map<String, Path> data = new HashMap<>();
    for (String input : List.of(args).subList(4, args.length)) {
      int name = input.indexOf('=');
      data.put(input.substring(0, name), Path.of(input.substring(name + 1)));
    }
    double started = ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
    for (int time = 0; time < Integer.parseInt(args[3]); time++) {
      Usage before = Usage.now();
      peer.run(data, results.resolve("" + time));
      Usage used = Usage.now().since(before);
      // The first time includes the start of the process.
      double cpu = time == 0 ? Usage.now().cpuSeconds() : used.cpuSeconds();
      double wall = time == 0 ? System.currentTimeMillis() / 1e3 - started : used.wallSeconds();
      System.out.println(MARK + cpu + " " + wall + " " + Usage.peakMiB());
    }
    System.exit(0);
  }
}
