package dev.emroperator.finance.operator.orphans;

/** What a cluster is to this operator. */
enum Verdict {
  /** Someone else's, or nothing tells whose. */
  NEIGHBOUR,
  /** Has an object that needs it, or is going, or is too young to tell. */
  KEPT,
  /** Its object is gone. */
  ORPHAN,
  /** Its object is there and needs another cluster, or none. */
  STRAY,
  /** The object can't be read now. */
  UNKNOWN;

  /** True for a cluster that costs money for nothing. */
  boolean isUseless() {
    return this == ORPHAN || this == STRAY;
  }
}
