package dev.emroperator.finance.operator.emr;

import java.util.Locale;

/** EMR did not do what was asked, or nobody knows whether it did. */
public final class EmrException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is known about the request. */
  public enum Kind {
    /** EMR refused the request: it had no effect, and the same request will be refused again. */
    REFUSED,
    /** EMR is asked too often; the request may have had an effect all the same. */
    THROTTLED,
    /** No connection, or credentials that don't hold now: the request had no effect. */
    NOT_SENT,
    /** No answer, or a server error: the request may have had an effect. */
    UNKNOWN_OUTCOME;

    /** As metrics name what came of the call. */
    public String outcome() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;

  public EmrException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
