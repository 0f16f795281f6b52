package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Quality.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.junit.jupiter.api.Test;

class SequenceRulesTest {

  private static final List<String> COLUMNS =
      List.of("ticker", "time", "close", "volume", Quality.REASONS);

  private static Object[] row(long time, Double close, long volume) {
    return new Object[] {"A", time, close, volume, 0};
  }

  private static List<Integer> masks(Quality quality, Map<String, Double> jumps, Object[]... rows) {
    return masks(quality, COLUMNS, jumps, rows);
  }

  private static List<Integer> masks(
      Quality quality, List<String> columns, Map<String, Double> jumps, Object[]... rows) {
    List<Integer> masks = new ArrayList<>();
    SequenceRules rules = new SequenceRules(quality, columns, jumps);
    rules.begin("A");
    for (Object[] row : rows) {
      rules.row(row, out -> masks.add((Integer) out[out.length - 1]));
    }
    rules.end(out -> masks.add((Integer) out[out.length - 1]));
    return masks;
  }

  private static Quality rules(Rule... rules) {
    return new Quality(List.of(rules), null, 3, null);
  }

  @Test
  void ofEqualRowsOneStaysAndOfDifferentOnesNone() {
    int duplicate = Rule.DUPLICATE.mask();
    assertEquals(
        List.of(0, 0, duplicate, duplicate, duplicate, 0),
        masks(
            rules(Rule.DUPLICATE),
            Map.of(),
            row(1, 7.0, 1),
            row(2, 7.0, 1),
            row(2, 7.0, 1),
            row(3, 7.0, 1),
            row(3, 7.0, 2),
            row(4, null, 1)));
  }

  @Test
  void tradesOfOneTimeWithNumbersOfTheirOwnAreNoDuplicates() {
    assertEquals(
        List.of(0, 0),
        masks(
            rules(Rule.DUPLICATE),
            List.of("ticker", "time", "seq", Quality.REASONS),
            Map.of(),
            new Object[] {"A", 1L, 1L, 0},
            new Object[] {"A", 1L, 2L, 0}));
  }

  @Test
  void equalClosesAreStaleFromTheThirdOn() {
    int stale = Rule.STALE.mask();
    assertEquals(
        List.of(0, 0, 0, stale, stale, 0, 0),
        masks(
            rules(Rule.STALE),
            Map.of(),
            row(1, 7.0, 1),
            row(2, 7.0, 1),
            row(3, null, 1),
            row(4, 7.0, 1),
            row(5, 7.0, 1),
            row(6, 8.0, 1),
            row(7, 7.0, 1)));
  }

  @Test
  void aRowThatIsThereThriceIsNoRunOfEqualCloses() {
    int duplicate = Rule.DUPLICATE.mask();
    assertEquals(
        List.of(0, duplicate, duplicate, 0),
        masks(
            rules(Rule.DUPLICATE, Rule.STALE),
            Map.of(),
            row(1, 7.0, 1),
            row(1, 7.0, 1),
            row(1, 7.0, 1),
            row(2, 7.0, 1)));
  }

  @Test
  void jumpsAreMeasuredFromTheLastPriceAboveZero() {
    int jump = Rule.JUMP.mask();
    assertEquals(
        List.of(0, 0, 0, jump, jump),
        masks(
            rules(Rule.JUMP),
            Map.of("A", 0.1),
            row(1, 100.0, 1),
            row(2, -5.0, 1),
            row(3, 101.0, 1),
            row(4, 150.0, 1),
            row(5, 102.0, 1)));
  }

  @Test
  void aTickerWithoutADeviationHasNoJumps() {
    assertEquals(
        List.of(0, 0), masks(rules(Rule.JUMP), Map.of(), row(1, 1.0, 1), row(2, 900.0, 1)));
  }

  @Test
  void aRowWithoutItsKeyHasNoNeighbours() {
    int key = Rule.KEY.mask();
    assertEquals(
        List.of(key, key, key, 0, 0, Rule.STALE.mask()),
        masks(
            rules(Rule.values()),
            Map.of("A", 0.1),
            new Object[] {"A", null, 7.0, 1L, key},
            new Object[] {"A", null, 7.0, 1L, key},
            new Object[] {null, 1L, 8.0, 1L, key},
            row(1, 8.0, 1),
            row(2, 8.0, 1),
            row(3, 8.0, 1)));
  }

  @Test
  void noRowsGiveNone() {
    assertEquals(List.of(), masks(rules(Rule.DUPLICATE, Rule.STALE, Rule.JUMP), Map.of()));
  }

  @Test
  void theDeviationAgreesWithTheMediansOfCommonsMath() {
    Random random = new Random(11);
    for (int length : new int[] {1, 2, 3, 10, 101}) {
      double[] values = random.doubles(length, -1, 1).toArray();
      double middle = new Median().evaluate(values);
      double[] distances = new double[length];
      for (int i = 0; i < length; i++) {
        distances[i] = Math.abs(values[i] - middle);
      }
      assertEquals(new Median().evaluate(distances), Deviations.of(values), 1e-15);
    }
    assertTrue(Double.isNaN(Deviations.of(new double[0])));
  }
}
