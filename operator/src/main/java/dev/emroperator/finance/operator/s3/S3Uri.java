package dev.emroperator.finance.operator.s3;

/** A bucket and a key; a prefix is a key that is empty or ends in {@code /}. */
public record S3Uri(String bucket, String key) {

  private static final String SCHEME = "s3://";

  /**
   * Reads {@code s3://bucket/key}; EMR's own {@code s3n://} is the same place.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static S3Uri parse(String text) {
    String plain = text.startsWith("s3n://") ? SCHEME + text.substring("s3n://".length()) : text;
    int slash = plain.startsWith(SCHEME) ? plain.indexOf('/', SCHEME.length()) : -1;
    if (slash <= SCHEME.length()) {
      throw new IllegalArgumentException("'" + text + "' is not of the form s3://bucket/key");
    }
    return new S3Uri(plain.substring(SCHEME.length(), slash), plain.substring(slash + 1));
  }

  /** This prefix with more of a key behind it. */
  public S3Uri resolve(String rest) {
    return new S3Uri(bucket, key + rest);
  }

  /**
   * True when {@code other} is this prefix or lies below it; {@code a/} does not hold {@code ab/}.
   */
  public boolean holds(S3Uri other) {
    return bucket.equals(other.bucket)
        && (key.isEmpty() || other.key.equals(key) || other.key.startsWith(folder()));
  }

  private String folder() {
    return key.endsWith("/") ? key : key + "/";
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
