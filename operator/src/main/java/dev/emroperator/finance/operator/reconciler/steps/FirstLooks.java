package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Latest;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;

/**
 * Which running objects this process has looked at. One that has just started is handed all of them
 * at once; it asks S3 for one after the other.
 */
public final class FirstLooks {

  private static final int KEPT = 10_000;

  private final Set<String> known = Collections.newSetFromMap(Latest.entries(KEPT));

  /**
   * How long to wait with the look at a running object: zero, but for one that is not known yet a
   * part of the interval, the same for the same object.
   */
  synchronized Duration after(FinancialAnalysis object, Duration interval) {
    String uid = object.getMetadata().getUid();
    return known.add(uid)
        ? Duration.ofMillis(Math.floorMod(uid.hashCode(), interval.toMillis()))
        : Duration.ZERO;
  }
}
