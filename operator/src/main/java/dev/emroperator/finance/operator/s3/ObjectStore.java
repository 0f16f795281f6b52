package dev.emroperator.finance.operator.s3;

import java.util.List;
import java.util.Optional;

/**
 * The objects that the operator reads and writes. Every method may throw {@link
 * ObjectStoreException}; none retries for longer than a reconciliation may take.
 */
public interface ObjectStore {

  /** All objects whose key starts with the prefix, in order of key. */
  List<StoredObject> list(S3Uri prefix);

  /** Size and ETag of an object, or nothing when there is none. */
  Optional<StoredObject> head(S3Uri object);

  /** The whole content; meant for small objects. */
  Optional<Versioned> read(S3Uri object);

  /** The bytes {@code [from, from + length)}, fewer at the end of the object. */
  byte[] readRange(S3Uri object, long from, int length);

  /** Writes or replaces. */
  void write(S3Uri object, byte[] content);

  /**
   * Writes only if the object still is what the caller saw.
   *
   * @param seenEtag null for "there was none"
   * @return false when someone else was faster
   */
  boolean writeIf(S3Uri object, byte[] content, String seenEtag);

  /** An object without its content; size in bytes. */
  record StoredObject(S3Uri uri, long size, String etag) {}

  /** A content and the ETag that names it. */
  record Versioned(byte[] content, String etag) {}
}
