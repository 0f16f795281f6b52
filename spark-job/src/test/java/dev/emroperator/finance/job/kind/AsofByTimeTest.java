package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.kind.Asof;
import dev.emroperator.finance.api.kind.Asof.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsofByTimeTest {

  private static final StructType RIGHT =
      new StructType()
          .add("ticker", DataTypes.StringType)
          .add("time", DataTypes.LongType)
          .add("bid", DataTypes.DoubleType);

  private record Tick(String ticker, long time, Double value) {
    InternalRow row() {
      return new GenericInternalRow(new Object[] {UTF8String.fromString(ticker), time, value});
    }

    byte[] key() {
      return ticker.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static List<Tick> ticks(Random random, int rows, String tickers) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      String ticker = "" + tickers.charAt(random.nextInt(tickers.length()));
      Double value = random.nextInt(9) == 0 ? null : (double) random.nextInt(5);
      ticks.add(new Tick(ticker, random.nextInt(60) * 1_000_000L, value));
    }
    return ticks;
  }

  /** What was found for each row, by the rows in any order. */
  private static TreeMap<String, Integer> byTime(Asof asof, List<Tick> left, List<Tick> right) {
    Comparator<Tick> order = Comparator.comparing(Tick::time);
    Comparator<Tick> way = asof.direction() == Direction.BACKWARD ? order : order.reversed();
    AsofByTime rows =
        new AsofByTime(
            left.stream().sorted(way).map(Tick::row).iterator(),
            right.stream().sorted(way).map(Tick::row).iterator(),
            asof,
            RIGHT);
    TreeMap<String, Integer> found = new TreeMap<>();
    rows.forEachRemaining(
        row ->
            found.merge(
                found(
                    row.getString(0),
                    row.getLong(1),
                    row.isNullAt(4) ? null : row.getLong(4),
                    row.isNullAt(5) ? null : row.getDouble(5)),
                1,
                Integer::sum));
    return found;
  }

  private static String found(String ticker, long time, Long other, Double value) {
    return ticker + " " + time + " " + other + " " + value;
  }

  private static TreeMap<String, Integer> byTicker(Asof asof, List<Tick> left, List<Tick> right) {
    Comparator<Tick> order = Comparator.comparing(Tick::ticker).thenComparing(Tick::time);
    AsofMerge<Double> merge =
        new AsofMerge<>(
            right.stream()
                .sorted(
                    order.thenComparing(
                        Tick::value, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(tick -> new AsofMerge.Entry<>(tick.key(), tick.time(), tick.value()))
                .iterator(),
            asof);
    TreeMap<String, Integer> found = new TreeMap<>();
    left.stream()
        .sorted(order)
        .forEach(
            tick -> {
              var entry = merge.find(tick.key(), tick.time());
              found.merge(
                  found(
                      tick.ticker(),
                      tick.time(),
                      entry == null ? null : entry.time(),
                      entry == null ? null : entry.value()),
                  1,
                  Integer::sum);
            });
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "BACKWARD,,true",
    "BACKWARD,,false",
    "BACKWARD,2s,true",
    "FORWARD,,true",
    "FORWARD,,false",
    "FORWARD,3s,false"
  })
  void findsWhatAMergeByTickerAndTimeFinds(
      Direction direction, String tolerance, boolean allowExact) {
    Asof asof = new Asof("quotes", List.of("bid"), direction, tolerance, allowExact);
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      List<Tick> left = ticks(random, random.nextInt(80), "ABCX");
      List<Tick> right = ticks(random, random.nextInt(200), "ABCQ");
      assertEquals(byTicker(asof, left, right), byTime(asof, left, right));
    }
  }
}
