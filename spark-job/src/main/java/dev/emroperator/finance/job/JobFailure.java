package dev.emroperator.finance.job;

/** Why an analysis has no result, in words for the user. */
public final class JobFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /**
   * Says why.
   *
   * @param kind one of those of {@link dev.emroperator.finance.api.run.ErrorReport}
   */
  public JobFailure(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  public String kind() {
    return kind;
  }
}
