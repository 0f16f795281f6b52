package dev.emroperator.finance.emulator.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The faults that are set, and how many calls each has seen. */
public final class FaultScript {

  private static final long SEED = 20260302;

  private static final class Counted {
    private final Fault fault;
    private int seen;

    private Counted(Fault fault) {
      this.fault = fault;
    }

    private boolean isSpent() {
      return seen >= fault.call() + fault.times() - 1;
    }
  }

  private final List<Counted> faults = new ArrayList<>();
  private final Random random = new Random(SEED);

  /** Adds faults to those that are set. */
  public synchronized void add(List<Fault> more) {
    more.forEach(fault -> faults.add(new Counted(fault)));
  }

  /** Behaves well from now on. */
  public synchronized void clear() {
    faults.clear();
  }

  /** The faults that still have calls to hit. */
  public synchronized List<Fault> pending() {
    return faults.stream().filter(f -> !f.isSpent()).map(f -> f.fault).toList();
  }

  /** Counts a call, and tells what it runs into. */
  public synchronized List<Fault> next(String operation, String request) {
    List<Fault> hits = new ArrayList<>();
    for (Counted counted : faults) {
      Fault fault = counted.fault;
      if (counted.isSpent() || !fault.meets(operation, request)) {
        continue;
      }
      counted.seen++;
      if (counted.seen >= fault.call() && random.nextDouble() < fault.chance()) {
        hits.add(fault);
      }
    }
    return hits;
  }
}
