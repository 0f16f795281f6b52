package dev.emroperator.finance.api.kind;

import dev.emroperator.finance.api.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The order in which columns that are passed on stand in a result. */
final class Order {

  private Order() {}

  /** Canonical columns in their order, then all others by name. */
  static List<String> canonical(Set<String> columns) {
    List<String> ordered = new ArrayList<>(Columns.CANONICAL.byCanonicalName().keySet());
    ordered.retainAll(columns);
    Set<String> others = new TreeSet<>(columns);
    ordered.forEach(others::remove);
    ordered.addAll(others);
    return ordered;
  }
}
