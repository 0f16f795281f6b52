package dev.emroperator.finance.api.kind;

import java.util.List;
import java.util.Objects;

/** Lists as users write them. */
final class Lists {

  private Lists() {}

  /**
   * Each value once. What only a newer version knows is read as null, and left out; where nothing
   * is left, the default holds.
   */
  static <T> List<T> known(List<T> values, List<T> byDefault) {
    List<T> known =
        values == null ? List.of() : values.stream().filter(Objects::nonNull).distinct().toList();
    return known.isEmpty() ? byDefault : known;
  }
}
