package dev.emroperator.finance.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is measured. */
enum Scenario {
  /** 70 M rows at the usual size. */
  DAILY(
      "daily bars of minute bars",
      options -> MinuteBars.minutes(options.cache(), options.tickers(), options.days(), "plain"),
      DailyBars::peers),
  /** The same with nine rows of ten in one ticker. */
  SKEWED(
      "daily bars of minute bars, 90 % of one ticker",
      options -> MinuteBars.minutes(options.cache(), options.tickers(), options.days(), "skewed"),
      DailyBars::peers),
  /** 10 M rows at the usual size. */
  ROLLING(
      "rolling statistics of daily closes",
      options -> MinuteBars.days(options.cache(), options.tickers(), 56 * options.days()),
      RollingStatistics::peers);

  private final String title;
  private final transient Function<Options, Path> data;
  private final transient Supplier<Map<String, Peer>> peers;

  Scenario(String title, Function<Options, Path> data, Supplier<Map<String, Peer>> peers) {
    this.title = title;
    this.data = data;
    this.peers = peers;
  }

  String title() {
    return title;
  }

  /** Makes the files where they are not there yet. */
  Path data(Options options) {
    return data.apply(options);
  }

  Map<String, Peer> peers() {
    return peers.get();
  }
}
