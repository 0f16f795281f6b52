package dev.emroperator.finance.api.kind;

import static dev.emroperator.finance.api.kind.Volatility.Estimator.PARKINSON;
import static dev.emroperator.finance.api.kind.Volatility.Estimator.REALIZED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnalysisKindTest {

  private static final Set<String> OHLCV = Set.of("open", "high", "low", "close", "volume");

  @Test
  void barsReadOnlyWhatTheirFieldsNeed() {
    assertEquals(
        Set.of("close", "volume"),
        new Bars("1d", List.of(Field.AVG_CLOSE, Field.VOLUME)).reads(OHLCV));
    assertEquals(Set.of(), new Bars("1d", List.of(Field.COUNT)).reads(OHLCV));
  }

  @Test
  void vwapTakesTheTypicalPriceUnlessThereIsAVwapBelow() {
    Bars vwap = new Bars("1mo", List.of(Field.VWAP));
    assertEquals(Set.of("volume", "high", "low", "close"), vwap.reads(OHLCV));
    assertEquals(Set.of("volume", "vwap"), vwap.reads(Set.of("vwap", "volume")));
  }

  @Test
  void barsOfTradesReadThePriceAndItsOrder() {
    Set<String> trades = Set.of("price", "volume", "seq", "side");
    assertEquals(Set.of("price", "volume", "seq"), new Bars("1m", null).reads(trades));
    assertEquals(Set.of("price", "volume"), new Bars("1m", List.of(Field.VWAP)).reads(trades));
    assertEquals(Set.of("volume"), new Bars("1m", List.of(Field.VOLUME)).reads(trades));
    assertEquals(
        Set.of("close"),
        new Bars("1m", List.of(Field.AVG_CLOSE)).reads(Set.of("price", "close", "volume")));
  }

  @Test
  void aSessionCountsSecondsOfTheClock() {
    Bars.Session session = new Bars.Session("09:30", "24:00");
    assertEquals(34_200, session.openSecond());
    assertEquals(86_400, session.closeSecond());
  }

  @Test
  void barsWithoutFieldsAreOhlcvAndFieldsAreGivenOnce() {
    assertEquals(List.of("open", "high", "low", "close", "volume"), new Bars("1d", null).names());
    assertEquals(List.of("close"), new Bars("1d", List.of(Field.CLOSE, Field.CLOSE)).names());
  }

  @Test
  void rollingNamesAColumnForEachWindowAndStatistic() {
    Rolling rolling =
        new Rolling("close", List.of(20, 252), List.of(Statistic.MEAN, Statistic.BOLLINGER), null);
    assertEquals(
        List.of(
            "close",
            "close_mean_20",
            "close_bollinger_lower_20",
            "close_bollinger_upper_20",
            "close_mean_252",
            "close_bollinger_lower_252",
            "close_bollinger_upper_252"),
        rolling.names());
  }

  @Test
  void rangesFollowTheWindowsAndHaveTheirOwnNames() {
    Rolling both =
        new Rolling("close", List.of(7), List.of("30m", "7d"), List.of(Statistic.SUM), 3, null);
    assertEquals(List.of("close", "close_sum_7", "close_sum_30m", "close_sum_7d"), both.names());
    Rolling ranges =
        new Rolling("close", null, List.of("7d"), List.of(Statistic.BOLLINGER), null, null);
    assertEquals(
        List.of("close", "close_bollinger_lower_7d", "close_bollinger_upper_7d"), ranges.names());
  }

  @Test
  void bandsAreTwoDeviationsAwayUnlessTheUserSaysHowMany() {
    List<Statistic> bands = List.of(Statistic.BOLLINGER);
    assertEquals(2, new Rolling("close", List.of(20), bands, null).deviations());
    assertEquals(2.5, new Rolling("close", List.of(20), null, bands, null, 2.5).deviations());
  }

  @Test
  void anAsofGivesSlippageForTradesWithASideAndReplacesWhatAnEarlierOneGave() {
    Asof quotes = new Asof("quotes", null, null, null, null);
    assertEquals(
        List.of("close", "bid", "ask", "lag", "mid", "spread"), quotes.gives(Set.of("close")));
    Set<String> trades = Set.of("price", "side", "bid", "ask", "lag", "mid", "spread", "slippage");
    assertEquals(
        List.of("price", "side", "bid", "ask", "lag", "mid", "spread", "slippage"),
        quotes.gives(trades));
    Asof others = new Asof("trades", List.of("price"), null, null, null);
    assertEquals(List.of("side", "price", "lag"), others.gives(Set.of("price", "side", "lag")));
    assertEquals(
        Set.of("ticker", "time", "price", "seq"), others.reads("trades", Set.of("seq", "price")));
  }

  @Test
  void anAnalysisKnowsItsKind() {
    Bars bars = new Bars("1d", null);
    assertEquals(bars, Analysis.of("a", "b", bars).kind());
    assertNull(Analysis.of("a", "b", null).kind());
  }

  @Test
  void aResultWithTwoColumnsOfOneNameIsRefused() {
    List<Analysis> chain =
        List.of(
            Analysis.of("losses", "prices", new Drawdown("close", null, null, null)),
            Analysis.of("again", "losses", new Drawdown("drawdown", null, null, null)));
    Lineage.Gap gap =
        Lineage.of(chain, Map.of("prices", Set.of("ticker", "time", "close"))).gap().orElseThrow();
    assertEquals(Reason.DUPLICATE_COLUMN, gap.reason());
    assertEquals(
        "the result of analysis 'again' would have two columns 'drawdown': give the one that it"
            + " reads of 'losses' another name",
        gap.message());
  }

  @Test
  void aColumnThatTheJobAddsToEverySeriesIsRefused() {
    List<Analysis> series =
        List.of(
            Analysis.of(
                "own", "prices", new Sql("SELECT", null, List.of("ticker", "time", "Year"), null)));
    Lineage.Gap gap = Lineage.of(series, Map.of("prices", Set.of("ticker", "time"))).gap().get();
    assertEquals(Reason.DUPLICATE_COLUMN, gap.reason());
    assertTrue(gap.message().contains("'own'") && gap.message().contains("'Year'"), gap.message());
    List<Analysis> table =
        List.of(Analysis.of("own", "prices", new Sql("SELECT", null, List.of("Year"), null)));
    assertTrue(Lineage.of(table, Map.of("prices", Set.of("ticker", "time"))).gap().isEmpty());
  }

  @Test
  void barsOfMoreThanADayCanNotBeAdjusted() {
    Set<String> all = Set.of("ticker", "time", "open", "high", "low", "close", "volume");
    Map<String, Set<String>> inputs =
        Map.of("prices", all, "events", Set.of("ticker", "time", "split", "dividend"));
    for (String every : List.of("5m", "24h", "1d", "2d", "10d", "1w", "1mo")) {
      List<Analysis> chain =
          List.of(
              Analysis.of("bars", "prices", new Bars(every, null)),
              Analysis.of("filled", "bars", new Gapfill(null, null, null, null)),
              Analysis.of("adjusted", "filled", new Adjust("events", null)));
      assertEquals(
          List.of("2d", "10d", "1w", "1mo").contains(every) ? Reason.BARS_TOO_LONG : null,
          Lineage.of(chain, inputs).gap().map(Lineage.Gap::reason).orElse(null),
          every);
    }
  }

  @Test
  void seriesKindsReadOnlyWhatTheyComputeWith() {
    assertEquals(Set.of("close"), new Returns(null, null, null).reads(OHLCV));
    assertEquals(
        Set.of("high", "open", "close"),
        new Returns("high", null, List.of(Returns.Kind.OVERNIGHT)).reads(OHLCV));
    assertEquals(
        Set.of("open", "high", "low", "close"),
        new Indicators("open", null, null, List.of(14), null).reads(OHLCV));
    assertEquals(
        Set.of("close"), new Volatility(List.of(20), List.of(REALIZED), null).reads(OHLCV));
    assertEquals(
        Set.of("open", "high", "low", "close"),
        new Volatility(List.of(20), List.of(REALIZED, PARKINSON), null).reads(OHLCV));
  }

  @Test
  void seriesKindsNameTheirColumnsByWhatTheyAreOf() {
    assertEquals(
        List.of("close", "close_log_1", "close_log_5", "intraday"),
        new Returns(null, List.of(1, 5), List.of(Returns.Kind.LOG, Returns.Kind.INTRADAY)).names());
    assertEquals(
        List.of("close", "ema_12", "rsi_14", "macd", "macd_signal", "macd_histogram"),
        new Indicators(null, List.of(12), List.of(14), null, new Indicators.Macd(12, 26, 9))
            .names());
    assertEquals(
        List.of("close", "realized_20", "parkinson_20", "realized_60", "parkinson_60"),
        new Volatility(List.of(20, 60), List.of(REALIZED, PARKINSON), null).names());
  }
}
