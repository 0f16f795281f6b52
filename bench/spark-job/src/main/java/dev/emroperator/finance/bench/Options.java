package dev.emroperator.finance.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line says.
 *
 * @param days trading days of minute bars; 90 are 70 M rows and 1.3 GB
 * @param rounds runs of each peer, interleaved
 * @param warm further runs in the same process
 */
record Options(
    List<Scenario> scenarios,
    List<String> peers,
    int tickers,
    int days,
    int rounds,
    int warm,
    Path cache,
    Path json) {

  static final String HELP =
      """
      usage: bench/spark-job/run [options]
        --scenario NAMES   of daily, skewed, growth, rolling, asof, all; with commas. Default: daily,rolling,asof,all
        --peers NAMES      only these, with commas
        --gb N             size of the minute bars, 10 for 10 GB. Default: 1.3
        --tickers N        Default: 2000
        --rounds N         processes for each peer, interleaved; medians are shown. Default: 3
        --warm N           further runs within each process. Default: 2
        --cache FOLDER     where data is kept. Default: ~/.cache/emr-operator/bench
        --json FILE        Default: bench/spark-job/target/results.json
      """;

  private static final double GB_OF_A_DAY = 1.3 / 90;

  static Options of(String... args) {
    List<Scenario> scenarios =
        List.of(Scenario.DAILY, Scenario.ROLLING, Scenario.ASOF, Scenario.ALL);
    List<String> peers = List.of();
    int tickers = 2000;
    int days = 90;
    int rounds = 3;
    int warm = 2;
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "emr-operator", "bench");
    Path json = Path.of("bench/spark-job/target/results.json");
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      String value = args[i + 1];
      switch (args[i]) {
        case "--scenario" ->
            scenarios =
                Arrays.stream(value.split(","))
                    .map(name -> Scenario.valueOf(name.toUpperCase(java.util.Locale.ROOT)))
                    .toList();
        case "--peers" -> peers = List.of(value.split(","));
        case "--gb" ->
            days = (int) Math.max(1, Math.round(Double.parseDouble(value) / GB_OF_A_DAY));
        case "--tickers" -> tickers = Integer.parseInt(value);
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--warm" -> warm = Integer.parseInt(value);
        case "--cache" -> cache = Path.of(value);
        case "--json" -> json = Path.of(value);
        default -> throw new IllegalArgumentException("no option " + args[i]);
      }
    }
    return new Options(scenarios, peers, tickers, days, rounds, warm, cache.toAbsolutePath(), json);
  }
}
