package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Quality.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The rules that look at the rows around a row: duplicate, jump and stale. A duplicate is no
 * neighbour of the others, so that a row that is there twice makes no run of equal closes. A row
 * without its key has no neighbours.
 *
 * <p>Rows are ticker, time in microseconds, values, and the mask of the rules broken so far.
 */
final class SequenceRules implements TickerPass.Kernel {

  private static final int VALUES = 2;

  private final Quality quality;
  private final int seq;
  private final int close;
  private final Map<String, Double> jumps;
  private final List<Object[]> sameTime = new ArrayList<>();
  private double jump;
  private double last;
  private double lastPrice;
  private int run;

  /**
   * Looks for what the rules forbid.
   *
   * @param columns of the rows, in order
   * @param jumps the largest absolute log return that each ticker may have; none where it is not
   *     named
   */
  SequenceRules(Quality quality, List<String> columns, Map<String, Double> jumps) {
    this.quality = quality;
    this.seq = columns.indexOf("seq");
    this.close = columns.indexOf("close");
    this.jumps = jumps;
  }

  @Override
  public void begin(String ticker) {
    sameTime.clear();
    jump = jumps.getOrDefault(ticker, Double.POSITIVE_INFINITY);
    last = Double.NaN;
    lastPrice = Double.NaN;
    run = 0;
  }

  @Override
  public void row(Object[] row, Consumer<Object[]> out) {
    if (breaks(row, Rule.KEY)) {
      out.accept(row);
      return;
    }
    if (!sameTime.isEmpty() && !isSameTime(sameTime.get(0), row)) {
      end(out);
    }
    sameTime.add(row);
  }

  @Override
  public void end(Consumer<Object[]> out) {
    if (quality.rules().contains(Rule.DUPLICATE) && sameTime.size() > 1) {
      markDuplicates();
    }
    for (Object[] row : sameTime) {
      if (close >= 0 && !breaks(row, Rule.DUPLICATE) && row[close] != null) {
        follow(row, ((Number) row[close]).doubleValue());
      }
      out.accept(row);
    }
    sameTime.clear();
  }

  private boolean isSameTime(Object[] one, Object[] other) {
    return one[1].equals(other[1]) && (seq < 0 || Objects.equals(one[seq], other[seq]));
  }

  /** Of equal rows the first stays; which of different ones is right, nobody can know. */
  private void markDuplicates() {
    Object[] first = sameTime.get(0);
    boolean equal = sameTime.stream().allMatch(row -> hasSameValues(first, row));
    sameTime.stream().skip(equal ? 1 : 0).forEach(row -> mark(row, Rule.DUPLICATE));
  }

  private static boolean hasSameValues(Object[] one, Object[] other) {
    return Arrays.equals(one, VALUES, one.length - 1, other, VALUES, other.length - 1);
  }

  private void follow(Object[] row, double price) {
    run = price == last ? run + 1 : 1;
    last = price;
    if (quality.rules().contains(Rule.STALE) && run >= quality.stale()) {
      mark(row, Rule.STALE);
    }
    if (Math.abs(Deviations.logReturn(lastPrice, price)) > jump) {
      mark(row, Rule.JUMP);
    }
    lastPrice = Deviations.isPrice(price) ? price : lastPrice;
  }

  static boolean breaks(Object[] row, Rule rule) {
    return ((Integer) row[row.length - 1] & rule.mask()) != 0;
  }

  private static void mark(Object[] row, Rule rule) {
    row[row.length - 1] = (Integer) row[row.length - 1] | rule.mask();
  }
}
