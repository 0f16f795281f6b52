package dev.emroperator.finance.api;

/** Shape of the S3 locations that users may write. */
public final class Paths {
  /** {@code s3://bucket/} and a key of plain characters: no glob, no {@code //}, no {@code ..}. */
  public static final String PATTERN =
      "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/(([A-Za-z0-9_=:+@,'() -]|\\.[A-Za-z0-9_=:+@,'() -])+/?)*$";

  public static final int MAX_LENGTH = 900;

  private Paths() {}
}
