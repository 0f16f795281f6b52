package dev.emroperator.finance.api;

/**
 * Shape of the S3 locations that users may write: a bucket, and folders of plain characters that
 * don't start with a dot or an underscore. So no glob, no {@code ..}, no {@code //}, and no other
 * scheme.
 */
public final class Paths {
  private static final String BUCKET = "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/";
  private static final String SEGMENT = "[A-Za-z0-9=:+@,'() -][A-Za-z0-9_.=:+@,'() -]*";

  /** A prefix that ends in {@code /}. */
  public static final String PREFIX = BUCKET + "(" + SEGMENT + "/)*$";

  /** A prefix that ends in {@code /}, or one object. */
  public static final String PREFIX_OR_OBJECT = BUCKET + "(" + SEGMENT + "/)*(" + SEGMENT + ")?$";

  public static final int MAX_LENGTH = 900;

  private Paths() {}
}
