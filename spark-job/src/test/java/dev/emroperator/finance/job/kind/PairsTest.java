package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 16, 17, 100, 211})
  void everyPairIsInOneTask(int count) {
    Pairs pairs = new Pairs(count);
    Map<Integer, List<DenseReturns>> tasks = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      for (int task : pairs.tasks(i)) {
        tasks.computeIfAbsent(task, any -> new ArrayList<>()).add(new DenseReturns(i, null));
      }
    }
    Set<List<Integer>> seen = new HashSet<>();
    tasks.forEach(
        (task, tickers) ->
            pairs.each(
                task,
                tickers,
                (one, other) -> {
                  assertTrue(one.index() < other.index());
                  assertTrue(seen.add(List.of(one.index(), other.index())), "twice");
                }));
    assertEquals(count * (count - 1) / 2, seen.size());
  }

  @Test
  void returnsStandAtTheirTimes() {
    List<Row> rows =
        List.of(
            RowFactory.create("B", 1L, null),
            RowFactory.create("B", 4L, 0.4),
            RowFactory.create("B", 5L, 0.5),
            RowFactory.create("A", 3L, 0.3),
            RowFactory.create("A", 4L, 0.1),
            RowFactory.create("A", 4L, 0.2));
    List<String> dense = new ArrayList<>();
    DenseReturns.of(rows.iterator(), Map.of("A", 0, "B", 1), new long[] {1, 3, 4})
        .forEachRemaining(one -> dense.add(one.index() + java.util.Arrays.toString(one.returns())));
    assertEquals(List.of("1[NaN, NaN, 0.4]", "0[NaN, 0.3, 0.2]"), dense);
  }
}
