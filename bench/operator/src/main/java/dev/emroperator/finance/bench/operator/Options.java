package dev.emroperator.finance.bench.operator;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the command line says.
 *
 * @param isShort fewer objects and less time, to see that everything works
 * @param intake objects that come at once in the scenario of that name; 0 for the usual number
 */
record Options(List<Scenario> scenarios, boolean isShort, int intake, Path json) {

  static final String HELP =
      """
      usage: bench/operator/run [options]
        --scenario NAMES   of %s; with commas. Default: all
        --short            fewer objects and less time; targets stay
        --objects N        of the scenario intake. Default: 3000, short 200
        --json FILE        Default: bench/operator/target/results.json
      Ends with 1 when a target was missed.
      """
          .formatted(
              Arrays.stream(Scenario.values())
                  .map(scenario -> scenario.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));

  static Options of(String... args) {
    List<Scenario> scenarios = List.of(Scenario.values());
    boolean isShort = false;
    int intake = 0;
    Path json = Path.of("bench/operator/target/results.json");
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--scenario" -> scenarios = scenarios(value(args, ++i));
        case "--short" -> isShort = true;
        case "--objects" -> intake = Integer.parseInt(value(args, ++i));
        case "--json" -> json = Path.of(value(args, ++i));
        default -> throw new IllegalArgumentException("no option " + args[i] + "\n" + HELP);
      }
    }
    return new Options(scenarios, isShort, intake, json.toAbsolutePath());
  }

  /** Of two sizes the one that was asked for. */
  int either(int full, int small) {
    return isShort ? small : full;
  }

  private static String value(String[] args, int at) {
    if (at == args.length) {
      throw new IllegalArgumentException(args[at - 1] + " needs a value");
    }
    return args[at];
  }

  private static List<Scenario> scenarios(String names) {
    return Arrays.stream(names.split(","))
        .map(name -> Scenario.valueOf(name.toUpperCase(Locale.ROOT)))
        .toList();
  }
}
