package dev.emroperator.finance.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is measured. */
enum Scenario {
  /** 70 M rows at the usual size. */
  DAILY(
      "daily bars of minute bars",
      options -> Map.of("", minutes(options, options.tickers(), options.days(), "plain")),
      DailyBars::ways),
  /** The same with nine rows of ten in one ticker. */
  SKEWED(
      "daily bars of minute bars, 90 % of one ticker",
      options -> Map.of("", minutes(options, options.tickers(), options.days(), "skewed")),
      DailyBars::ways),
  /** Up to the usual size. */
  GROWTH("daily bars of minute bars, growing", Scenario::growing, DailyBars::oursAndDuckDb),
  /** 10 M rows at the usual size. */
  ROLLING(
      "rolling statistics of daily closes",
      options ->
          Map.of(
              "",
              Map.of(
                  RollingStatistics.DAYS,
                  MinuteBars.days(options.cache(), options.tickers(), 56 * options.days()))),
      RollingStatistics::ways),
  /** 1 M trades and 8 M quotes of 200 tickers at the usual size. */
  ASOF("the quote of each trade", options -> Map.of("", ticks(options)), AsofJoin::ways),
  /** 1.4 M rows at the usual size. */
  ALL(
      "all fourteen kinds in one application, and each alone",
      options -> Map.of("", market(options)),
      AllKinds::ways);

  private final String title;
  private final transient Function<Options, Map<String, Map<String, Path>>> cases;
  private final transient Supplier<Map<String, Way>> ways;

  Scenario(
      String title,
      Function<Options, Map<String, Map<String, Path>>> cases,
      Supplier<Map<String, Way>> ways) {
    this.title = title;
    this.cases = cases;
    this.ways = ways;
  }

  String title() {
    return title;
  }

  /** Folder of each input, by case; makes the files where they are not there yet. */
  Map<String, Map<String, Path>> cases(Options options) {
    return cases.apply(options);
  }

  Map<String, Way> ways() {
    return ways.get();
  }

  private static Map<String, Path> minutes(Options options, int tickers, int days, String layout) {
    return Map.of(DailyBars.MINUTES, MinuteBars.minutes(options.cache(), tickers, days, layout));
  }

  private static Map<String, Map<String, Path>> growing(Options options) {
    int eighth = Math.max(1, options.days() / 8);
    int tickers = options.tickers();
    Map<String, Map<String, Path>> cases = new LinkedHashMap<>();
    for (int times : List.of(1, 2, 4, 8)) {
      cases.put(times + "x rows", minutes(options, tickers, times * eighth, "plain"));
    }
    int tenth = Math.max(1, 8 * eighth / 10);
    cases.put("8x rows, 10x tickers", minutes(options, 10 * tickers, tenth, "plain"));
    cases.put("8x rows, 90 % of one ticker", minutes(options, tickers, 8 * eighth, "skewed"));
    return cases;
  }

  private static Map<String, Path> ticks(Options options) {
    int tickers = Math.max(1, options.tickers() / 10);
    long trades = 1_000_000L * options.days() / 90;
    return Map.of(
        AsofJoin.TRADES, MinuteBars.trades(options.cache(), tickers, trades),
        AsofJoin.QUOTES, MinuteBars.quotes(options.cache(), tickers, 8 * trades));
  }

  private static Map<String, Path> market(Options options) {
    int tickers = Math.max(2, options.tickers() / 10);
    int days = Math.max(2, options.days() / 5);
    return Map.of(
        "prices", MinuteBars.minutes(options.cache(), tickers, days, "plain"),
        "quotes", MinuteBars.quotes(options.cache(), tickers, 11_000L * options.days()),
        "caps", MinuteBars.caps(options.cache(), tickers),
        "events", MinuteBars.events(options.cache(), tickers));
  }
}
