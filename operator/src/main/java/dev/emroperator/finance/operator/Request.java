package dev.emroperator.finance.operator;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a user asks for by an annotation such as {@code
 * finance.emr-operator.dev/retry-requested-at}. Each value, as a rule a time, asks once: status
 * remembers the last one.
 */
public enum Request {
  /** Another attempt of a failed run, over the same files, for what is not finished. */
  RETRY("retry"),
  /** The end of a run. */
  CANCEL("cancel"),
  /** A run that makes everything anew. */
  RERUN("rerun");

  private final String key;

  Request(String key) {
    this.key = key;
  }

  public String annotation() {
    return FinancialAnalysis.GROUP + "/" + key + "-requested-at";
  }

  /** What is asked, and was not asked before. */
  public boolean isPending(FinancialAnalysis object) {
    String asked = asked(object);
    return asked != null && !Objects.equals(asked, handled(object).get(key));
  }

  /** The last value, handled or not. */
  public Optional<String> latest(FinancialAnalysis object) {
    return Optional.ofNullable(asked(object))
        .or(() -> Optional.ofNullable(handled(object).get(key)));
  }

  /** The handled requests of the object, these among them. */
  public static Map<String, String> handled(FinancialAnalysis object, Request... now) {
    Map<String, String> handled = new TreeMap<>(handled(object));
    for (Request request : now) {
      String asked = request.asked(object);
      if (asked != null) {
        handled.put(request.key, asked);
      }
    }
    return handled;
  }

  private static Map<String, String> handled(FinancialAnalysis object) {
    return object.statusOrEmpty().handledRequests();
  }

  private String asked(FinancialAnalysis object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(annotation());
  }
}
