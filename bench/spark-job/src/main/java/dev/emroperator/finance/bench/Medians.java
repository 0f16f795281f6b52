package dev.emroperator.finance.bench;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What each peer took in a case, on its first run in a process and on later ones. */
record Medians(Map<String, Measured> cold, Map<String, Measured> warm) {

  static final String OURS = "this job";
  private static final Measured NOT_MEASURED = new Measured(Double.NaN, Double.NaN, Double.NaN);

  static Medians of(Map<String, List<Measured>> cold, Map<String, List<Measured>> warm) {
    return new Medians(each(cold), each(warm));
  }

  private static Map<String, Measured> each(Map<String, List<Measured>> runs) {
    return runs.entrySet().stream()
        .filter(one -> !one.getValue().isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, one -> Measured.median(one.getValue())));
  }

  Measured cold(String peer) {
    return cold.getOrDefault(peer, NOT_MEASURED);
  }

  Measured warm(String peer) {
    return warm.getOrDefault(peer, NOT_MEASURED);
  }

  double ours(ToDoubleFunction<Measured> figure) {
    return figure.applyAsDouble(warm(OURS));
  }

  /** Of a peer's warm runs, ours being 1. */
  double timesOurs(String peer, ToDoubleFunction<Measured> figure) {
    return figure.applyAsDouble(warm(peer)) / ours(figure);
  }

  /** What this job takes for all at once, of what it takes for one after the other. */
  double togetherOfEach(ToDoubleFunction<Measured> figure) {
    return figure.applyAsDouble(cold(OURS))
        / cold.entrySet().stream()
            .filter(one -> !one.getKey().equals(OURS))
            .mapToDouble(one -> figure.applyAsDouble(one.getValue()))
            .sum();
  }
}
