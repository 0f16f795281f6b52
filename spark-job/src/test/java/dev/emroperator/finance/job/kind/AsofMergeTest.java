package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.emroperator.finance.api.kind.Asof;
import dev.emroperator.finance.api.kind.Asof.Direction;
import dev.emroperator.finance.job.kind.AsofMerge.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AsofMergeTest {

  private static final long SECOND = 1_000_000;

  private static byte[] ticker(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static Entry<String> entry(String ticker, long second, String value) {
    return new Entry<>(ticker(ticker), second * SECOND, value);
  }

  private static Asof asof(Direction direction, String tolerance, boolean allowExact) {
    return new Asof("quotes", null, direction, tolerance, allowExact);
  }

  private static String value(Entry<String> found) {
    return found == null ? null : found.value();
  }

  private static List<String> merge(Asof asof, List<Entry<String>> right, long... seconds) {
    AsofMerge<String> merge = new AsofMerge<>(right.iterator(), asof);
    List<String> found = new ArrayList<>();
    for (long second : seconds) {
      found.add(value(merge.find(ticker("A"), second * SECOND)));
    }
    return found;
  }

  /**
   * Keys 1, 5, 10 and 1, 2, 3, 6, 7, from the examples of
   * https://pandas.pydata.org/docs/reference/api/pandas.merge_asof.html.
   */
  @Test
  void agreesWithTheExampleOfPandas() {
    List<Entry<String>> right =
        List.of(
            entry("A", 1, "1"),
            entry("A", 2, "2"),
            entry("A", 3, "3"),
            entry("A", 6, "6"),
            entry("A", 7, "7"));
    assertEquals(
        List.of("1", "3", "7"), merge(asof(Direction.BACKWARD, null, true), right, 1, 5, 10));
    assertEquals(
        Arrays.asList(null, "3", "7"),
        merge(asof(Direction.BACKWARD, null, false), right, 1, 5, 10));
    assertEquals(
        Arrays.asList("1", "6", null), merge(asof(Direction.FORWARD, null, true), right, 1, 5, 10));
    assertEquals(
        List.of("1", "6", "7"), merge(asof(Direction.NEAREST, null, true), right, 1, 5, 10));
  }

  /** Bids of the second example there, by ticker, with its milliseconds taken for seconds. */
  private static final List<Entry<String>> QUOTES =
      List.of(
          entry("AAPL", 49, "97.99"),
          entry("GOOG", 23, "720.50"),
          entry("GOOG", 48, "720.50"),
          entry("GOOG", 72, "720.50"),
          entry("MSFT", 23, "51.95"),
          entry("MSFT", 30, "51.97"),
          entry("MSFT", 41, "51.99"),
          entry("MSFT", 75, "52.01"));

  private static final List<Entry<String>> TRADES =
      List.of(
          entry("AAPL", 48, "98.00"),
          entry("GOOG", 48, "720.77"),
          entry("GOOG", 48, "720.92"),
          entry("MSFT", 23, "51.95"),
          entry("MSFT", 38, "51.95"));

  private static List<String> bids(String tolerance, boolean allowExact) {
    AsofMerge<String> merge =
        new AsofMerge<>(QUOTES.iterator(), asof(Direction.BACKWARD, tolerance, allowExact));
    List<String> bids = new ArrayList<>();
    TRADES.forEach(trade -> bids.add(value(merge.find(trade.ticker(), trade.time()))));
    return bids;
  }

  @Test
  void agreesWithTheTradesAndQuotesOfPandas() {
    assertEquals(Arrays.asList(null, "720.50", "720.50", "51.95", "51.97"), bids(null, true));
    assertEquals(Arrays.asList(null, "720.50", "720.50", "51.95", null), bids("2s", true));
    assertEquals(Arrays.asList(null, null, null, null, "51.97"), bids("10s", false));
  }

  @Test
  void ofTwoAsCloseTheEarlierIsNearest() {
    List<Entry<String>> right = List.of(entry("A", 1, "before"), entry("A", 3, "after"));
    assertEquals(List.of("before"), merge(asof(Direction.NEAREST, null, true), right, 2));
  }

  @Test
  void ofRowsOfOneTimeTheLastCountsInEveryDirection() {
    List<Entry<String>> right =
        List.of(entry("A", 5, "first"), entry("A", 5, "second"), entry("A", 5, "last"));
    for (Direction direction : Direction.values()) {
      assertEquals(List.of("last"), merge(asof(direction, null, true), right, 5));
    }
    assertEquals(List.of("last"), merge(asof(Direction.FORWARD, null, true), right, 4));
    assertEquals(List.of("last"), merge(asof(Direction.BACKWARD, null, false), right, 6));
  }

  @Test
  void theToleranceIsIncluded() {
    List<Entry<String>> right = List.of(entry("A", 10, "x"));
    assertEquals(
        Arrays.asList("x", "x", null),
        merge(asof(Direction.BACKWARD, "5s", true), right, 10, 15, 16));
    assertEquals(Arrays.asList(null, "x"), merge(asof(Direction.FORWARD, "5s", true), right, 4, 5));
  }

  @Test
  void theLongestToleranceDoesNotOverflow() {
    assertEquals(
        List.of("x"),
        merge(asof(Direction.BACKWARD, "999999d", true), List.of(entry("A", 0, "x")), 1));
  }

  @Test
  void nothingIsFoundAmongNothingAndUnderAnotherTicker() {
    assertNull(
        new AsofMerge<String>(List.<Entry<String>>of().iterator(), asof(null, null, true))
            .find(ticker("A"), 1));
    List<Entry<String>> right = List.of(entry("A", 1, "a"), entry("C", 1, "c"));
    for (Direction direction : Direction.values()) {
      AsofMerge<String> merge = new AsofMerge<>(right.iterator(), asof(direction, null, true));
      assertNull(merge.find(ticker("B"), SECOND));
      assertEquals("c", merge.find(ticker("C"), SECOND).value());
      assertNull(merge.find(ticker("D"), SECOND));
    }
  }

  @Test
  void tickersAreInTheOrderOfTheirBytes() {
    // U+1F600 comes after U+FF21 in UTF-8, and before it in UTF-16.
    List<Entry<String>> right =
        List.of(entry("z", 1, "z"), entry("\uFF21", 1, "wide"), entry("\uD83D\uDE00", 1, "smile"));
    AsofMerge<String> merge =
        new AsofMerge<>(right.iterator(), asof(Direction.BACKWARD, null, true));
    assertEquals("wide", merge.find(ticker("\uFF21"), SECOND).value());
    assertEquals("smile", merge.find(ticker("\uD83D\uDE00"), SECOND).value());
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void agreesWithLookingAtEveryRow(Direction direction) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Entry<String>> left = rows(random, "L");
      List<Entry<String>> right = rows(random, "R");
      Asof asof = asof(direction, random.nextBoolean() ? "3s" : null, random.nextBoolean());
      AsofMerge<String> merge = new AsofMerge<>(right.iterator(), asof);
      for (Entry<String> row : left) {
        assertEquals(
            bruteForce(row, right, asof),
            value(merge.find(row.ticker(), row.time())),
            "seed " + seed + " " + row.value());
      }
    }
  }

  private static List<Entry<String>> rows(Random random, String prefix) {
    List<Entry<String>> rows = new ArrayList<>();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      String ticker = String.valueOf((char) ('A' + random.nextInt(4)));
      rows.add(entry(ticker, random.nextInt(20), prefix + i));
    }
    rows.sort(
        Comparator.<Entry<String>, String>comparing(
                row -> new String(row.ticker(), StandardCharsets.UTF_8))
            .thenComparing(Entry::time));
    return rows;
  }

  private static String bruteForce(Entry<String> row, List<Entry<String>> right, Asof asof) {
    String best = null;
    long bestDistance = Long.MAX_VALUE;
    for (Entry<String> other : right) {
      long lag = (row.time() - other.time()) / SECOND;
      boolean counts =
          Arrays.equals(row.ticker(), other.ticker())
              && (lag != 0 || asof.allowExact())
              && (asof.tolerance() == null || Math.abs(lag) <= 3)
              && (asof.direction() != Direction.BACKWARD || lag >= 0)
              && (asof.direction() != Direction.FORWARD || lag <= 0);
      // In twice the seconds, so that the earlier of two as close is the closer one.
      long distance = lag >= 0 ? 2 * lag : -2 * lag + 1;
      if (counts && distance <= bestDistance) {
        best = other.value();
        bestDistance = distance;
      }
    }
    return best;
  }
}
