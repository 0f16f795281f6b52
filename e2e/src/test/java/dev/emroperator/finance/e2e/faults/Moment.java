package dev.emroperator.finance.e2e.faults;

import java.util.Locale;

/** When an operator dies, seen from a call of its own. */
enum Moment {
  BEFORE,
  /** The call has left, and has its effect late, when nobody waits for the answer. */
  UNDERWAY,
  AFTER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
