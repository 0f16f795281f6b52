package dev.emroperator.finance.operator.s3;

/** S3 could not do what was asked. */
public final class ObjectStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean lasting;

  public ObjectStoreException(String message, boolean lasting, Throwable cause) {
    super(message, cause);
    this.lasting = lasting;
  }

  /** True when a repetition will not help: the bucket is missing, or access is denied. */
  public boolean isLasting() {
    return lasting;
  }
}
