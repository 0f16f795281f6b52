package dev.emroperator.finance.operator.logging;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.operator.FinancialAnalysis;
import org.slf4j.MDC;

/**
 * What every line that is logged within it is about: the object, its attempt and its cluster, as
 * far as there are any.
 */
public final class LogContext implements AutoCloseable {

  static final String OBJECT = "object";
  static final String ATTEMPT = "attempt";
  static final String CLUSTER = "cluster";

  private LogContext() {}

  /** Begins it for this thread. */
  public static LogContext of(FinancialAnalysis object) {
    LogContext context = new LogContext();
    context.now(object);
    return context;
  }

  /**
   * Begins it for this thread, where there is no object to ask any more.
   *
   * @param object {@code <namespace>/<name>}
   */
  public static LogContext of(String object, String cluster) {
    put(OBJECT, object);
    put(CLUSTER, cluster);
    return new LogContext();
  }

  /** The object's cluster is known from here on, and not yet in its status. */
  public static void found(String cluster) {
    put(CLUSTER, cluster);
  }

  /** Follows the object as its status changes. */
  public void now(FinancialAnalysis object) {
    FinancialAnalysisStatus status = object.statusOrEmpty();
    put(OBJECT, object.qualifiedName());
    put(ATTEMPT, status.attempt() == null ? null : "" + status.attempt().number());
    put(CLUSTER, status.cluster() == null ? null : status.cluster().id());
  }

  @Override
  public void close() {
    MDC.remove(OBJECT);
    MDC.remove(ATTEMPT);
    MDC.remove(CLUSTER);
  }

  private static void put(String key, String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
