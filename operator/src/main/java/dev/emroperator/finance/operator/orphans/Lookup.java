package dev.emroperator.finance.operator.orphans;

import dev.emroperator.finance.operator.FinancialAnalysis;

/** What a live read of an object has given. */
public sealed interface Lookup {
  /** The object is there. */
  record Found(FinancialAnalysis object) implements Lookup {}

  /** The API server says that there is no such object. */
  record Absent() implements Lookup {}

  /** The API server gave no answer that can be relied on. */
  record Unread() implements Lookup {}
}
