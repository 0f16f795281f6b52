package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class TickerPrefixTest {

  private static final long NOW = 1_704_205_800_000_000L;
  private static final long MINUTE = 60_000_000L;

  private record Key(UTF8String ticker, long time) {
    static Key of(String ticker, long time) {
      return new Key(UTF8String.fromString(ticker), time);
    }

    long prefix() {
      return TickerPrefix.of(ticker, time);
    }
  }

  @Test
  void neverSaysThatALaterRowComesFirst() {
    Random random = new Random(7);
    List<Key> keys = new ArrayList<>();
    String letters = "ABZaz09.-/ \0\1~\u007f\u0080é株";
    long[] times = {Long.MIN_VALUE, Long.MAX_VALUE, 0, NOW, NOW + 1, -NOW, 4_000_000_000_000_000L};
    for (int i = 0; i < 3_000; i++) {
      StringBuilder ticker = new StringBuilder();
      int length = random.nextInt(9);
      for (int letter = 0; letter < length; letter++) {
        ticker.append(letters.charAt(random.nextInt(random.nextInt(letters.length()) + 1)));
      }
      long time =
          random.nextBoolean()
              ? times[random.nextInt(times.length)]
              : NOW + random.nextInt(1_000) * MINUTE;
      keys.add(Key.of(ticker.toString(), time));
    }
    keys.sort(Comparator.comparing(Key::ticker).thenComparing(Key::time));
    for (int i = 1; i < keys.size(); i++) {
      Key before = keys.get(i - 1);
      Key after = keys.get(i);
      assertTrue(
          Long.compareUnsigned(before.prefix(), after.prefix()) <= 0, before + " and " + after);
    }
  }

  @Test
  void tellsTickersAndDaysApart() {
    for (String ticker : List.of("A", "IBM", "GOOGL", "T00017")) {
      assertTrue(before(Key.of(ticker, NOW), Key.of(ticker, NOW + 1_440 * MINUTE)), ticker);
    }
    assertTrue(before(Key.of("T00017", NOW), Key.of("T00018", 0)));
    assertTrue(before(Key.of("BRK", NOW), Key.of("BRK.B", 0)));
  }

  @Test
  void tellsSecondsApartWhereTickersAreShort() {
    assertTrue(before(Key.of("IBM", NOW), Key.of("IBM", NOW + MINUTE / 60)));
  }

  @Test
  void leavesLongTickersToTheWholeRow() {
    assertEquals(Key.of("BTC-USD-A", NOW).prefix(), Key.of("BTC-USD-B", 0).prefix());
  }

  private static boolean before(Key one, Key other) {
    return Long.compareUnsigned(one.prefix(), other.prefix()) < 0;
  }
}
