package dev.emroperator.finance.job.kind;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Splits all pairs of {@code count} tickers into tasks, one for every two blocks of them, so that
 * no task needs more than two blocks.
 *
 * @param count number of tickers
 */
record Pairs(int count) implements Serializable {

  /** 136 tasks; each ticker is sent 16 times. */
  private static final int BLOCKS = 16;

  private int blocks() {
    return Math.max(1, Math.min(BLOCKS, count));
  }

  private int block(int index) {
    return (int) ((long) index * blocks() / count);
  }

  /** The tasks that need a ticker. */
  List<Integer> tasks(int index) {
    List<Integer> tasks = new ArrayList<>();
    int own = block(index);
    for (int other = 0; other < blocks(); other++) {
      tasks.add(Math.min(own, other) * blocks() + Math.max(own, other));
    }
    return tasks;
  }

  /** Every pair of a task, the lower index first. */
  void each(
      int task, Iterable<DenseReturns> tickers, BiConsumer<DenseReturns, DenseReturns> action) {
    boolean isOneBlock = task / blocks() == task % blocks();
    for (DenseReturns one : tickers) {
      for (DenseReturns other : tickers) {
        boolean isHere = isOneBlock || block(one.index()) != block(other.index());
        if (one.index() < other.index() && isHere) {
          action.accept(one, other);
        }
      }
    }
  }
}
