package dev.emroperator.finance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Made-up prices, the same ones every time: a walk whose steps are hashes of ticker and time. Of
 * one day's file all tickers follow each other, each in order of time.
 */
final class MinuteBars {

  private static final int MINUTES = 390;
  private static final long TRADING_DAY = MINUTES * 60_000_000L;

  /** Strews numbers below any number of rows, and meets each once. */
  private static final long PRIME = 7_368_787;

  private MinuteBars() {}

  /** Columns of one row for each ticker and minute of a trading day. */
  static Path minutes(Path cache, int tickers, int days, String layout) {
    Path folder = cache.resolve("minutes-%s-%d-%d".formatted(layout, tickers, days));
    if (Files.exists(folder.resolve("_done"))) {
      return folder;
    }
    try {
      Files.createDirectories(folder);
      for (int day = 0; day < days; day++) {
        System.err.printf("%s: day %d of %d%n", folder.getFileName(), day + 1, days);
        DuckDb.execute(
            day(tickers, day, layout, folder.resolve("day-%04d.parquet".formatted(day))));
      }
      Files.writeString(folder.resolve("_done"), "");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the layout {@code skewed}, nine rows of ten are of one ticker. */
  private static String day(int tickers, int day, String layout, Path file) {
    String ticker =
        layout.equals("skewed")
            ? "CASE WHEN hash(t * 7 + m) % 10 > 0 THEN 'T00000' ELSE printf('T%05d', t) END"
            : "printf('T%05d', t)";
    return String.format(
        Locale.ROOT,
        """
        COPY (
          SELECT %1$s AS ticker, time, p AS open, p + d AS high, p - d AS low,
            round(p + d * (hash(x) %% 200 / 100.0 - 1), 2) AS close,
            (hash(x + 1) %% 10000)::BIGINT AS volume
          FROM (
            SELECT t, m, t * 1000003 + m * 31 + %2$d AS x,
              make_timestamptz(epoch_us(TIMESTAMPTZ '2024-01-01 14:30:00+00')
                + (%2$d * 1440 + m) * 60000000) AS time,
              round(20 + t %% 400 + 5 * sin(%2$d / 9.0 + t) + hash(t * 1000003 + m * 31 + %2$d) %% 300 / 100.0, 2) AS p,
              round((1 + hash(t * 31 + m) %% 50) / 100.0, 2) AS d
            FROM range(%3$d) r(t), range(%4$d) q(m)
            ORDER BY t, m))
        TO '%5$s' (FORMAT parquet, COMPRESSION snappy)
        """,
        ticker,
        day,
        tickers,
        MINUTES,
        file);
  }

  /** One row for each ticker and day. */
  static Path days(Path cache, int tickers, int days) {
    Path folder = cache.resolve("days-%d-%d".formatted(tickers, days));
    return once(
        folder,
        String.format(
            Locale.ROOT,
            """
            COPY (
              SELECT printf('T%%05d', t) AS ticker, TIMESTAMPTZ '2004-01-01 00:00:00+00' + INTERVAL 1 DAY * d AS time,
                round(50 + t %% 100 + 20 * sin(d / 90.0 + t) + hash(t * 100003 + d) %% 500 / 100.0, 2) AS close
              FROM range(%d) r(t), range(%d) q(d) ORDER BY d, t)
            TO '%s' (FORMAT parquet, COMPRESSION snappy)
            """,
            tickers,
            days,
            folder.resolve("days.parquet")));
  }

  /** Market capitalisation of each ticker. */
  static Path caps(Path cache, int tickers) {
    Path folder = cache.resolve("caps-" + tickers);
    return once(
        folder,
        "COPY (SELECT printf('T%%05d', t) AS ticker, (1 + t %% 10) * 1e9 AS marketCap FROM range(%d) r(t)) TO '%s' (FORMAT parquet)"
            .formatted(tickers, folder.resolve("caps.parquet")));
  }

  /** A split of every second ticker, and a dividend of each. */
  static Path events(Path cache, int tickers) {
    Path folder = cache.resolve("events-" + tickers);
    return once(
        folder,
        """
        COPY (SELECT printf('T%%05d', t) AS ticker, TIMESTAMPTZ '2024-01-04 00:00:00+00' + INTERVAL 1 DAY * (t %% 5) AS time,
            if(t %% 2 = 0, 2.0, NULL)::DOUBLE AS split, 0.1::DOUBLE AS dividend FROM range(%d) r(t))
        TO '%s' (FORMAT parquet)
        """
            .formatted(tickers, folder.resolve("events.parquet")));
  }

  /** Trades with a price and a side; times to the microsecond. */
  static Path trades(Path cache, int tickers, long rows) {
    return ticks(
        cache.resolve("trades-unique-%d-%d".formatted(tickers, rows)),
        tickers,
        rows,
        3,
        "round(100 + hash(i + 1) % 100 / 100.0, 2) AS price,"
            + " CASE WHEN hash(i) % 2 = 0 THEN 'buy' ELSE 'sell' END AS side");
  }

  static Path quotes(Path cache, int tickers, long rows) {
    return ticks(
        cache.resolve("quotes-unique-%d-%d".formatted(tickers, rows)),
        tickers,
        rows,
        11,
        "round(100 + hash(i + 1) % 90 / 100.0, 2) AS bid,"
            + " round(101 + hash(i + 2) % 90 / 100.0, 2) AS ask");
  }

  /** In no order, but no two at the same time, which ways might take for the last in turn. */
  private static Path ticks(Path folder, int tickers, long rows, int seed, String columns) {
    return once(
        folder,
        String.format(
            Locale.ROOT,
            """
            COPY (
              SELECT printf('T%%05d', (hash(i * 13 + %1$d) %% %2$d)::INTEGER) AS ticker,
                make_timestamptz(epoch_us(TIMESTAMPTZ '2024-01-02 14:30:00+00')
                  + i * %6$d %% %4$d * %7$d + (hash(i * 7 + %1$d) %% %7$d)::BIGINT) AS time, %3$s
              FROM range(%4$d) r(i))
            TO '%5$s' (FORMAT parquet, COMPRESSION snappy)
            """,
            seed,
            tickers,
            columns,
            rows,
            folder.resolve("ticks.parquet"),
            PRIME,
            TRADING_DAY / rows));
  }

  private static Path once(Path folder, String copy) {
    if (!Files.exists(folder.resolve("_done"))) {
      try {
        Files.createDirectories(folder);
        System.err.println("making " + folder.getFileName());
        DuckDb.execute(copy);
        Files.writeString(folder.resolve("_done"), "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }
}
