package dev.emroperator.finance.operator;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a process remembers without end would fill its memory: the oldest is forgotten. */
public final class Latest {

  private Latest() {}

  /**
   * An empty map that forgets the entry that was put first when there are too many.
   *
   * @param most entries that are kept
   */
  public static <K, V> Map<K, V> entries(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
