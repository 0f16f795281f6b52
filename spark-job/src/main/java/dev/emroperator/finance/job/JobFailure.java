package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Reason;

/** Why an analysis has no result, in words for the user. */
public final class JobFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason kind;

  public JobFailure(Reason kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Reason kind() {
    return kind;
  }
}
