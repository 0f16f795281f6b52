package dev.emroperator.finance.operator.s3;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Objects in memory. */
public final class MemoryStore implements ObjectStore {

  public final TreeMap<String, byte[]> objects = new TreeMap<>();

  /** Thrown by every call while set. */
  public ObjectStoreException failure;

  public void put(String uri, String content) {
    objects.put(uri, content.getBytes(StandardCharsets.UTF_8));
  }

  public String text(String uri) {
    return new String(objects.get(uri), StandardCharsets.UTF_8);
  }

  @Override
  public List<StoredObject> list(S3Uri prefix) {
    fail();
    return objects.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix.toString()))
        .map(e -> stored(e.getKey(), e.getValue()))
        .toList();
  }

  @Override
  public Optional<StoredObject> head(S3Uri object) {
    fail();
    return Optional.ofNullable(objects.get(object.toString()))
        .map(content -> stored(object.toString(), content));
  }

  @Override
  public Optional<Versioned> read(S3Uri object) {
    fail();
    return Optional.ofNullable(objects.get(object.toString()))
        .map(content -> new Versioned(content, etag(content)));
  }

  @Override
  public byte[] readRange(S3Uri object, long from, int length) {
    fail();
    byte[] content = objects.get(object.toString());
    return Arrays.copyOfRange(content, (int) from, (int) Math.min(content.length, from + length));
  }

  @Override
  public void write(S3Uri object, byte[] content) {
    fail();
    objects.put(object.toString(), content);
  }

  @Override
  public boolean writeIf(S3Uri object, byte[] content, String seenEtag) {
    fail();
    byte[] present = objects.get(object.toString());
    String etag = present == null ? null : etag(present);
    if (!java.util.Objects.equals(etag, seenEtag)) {
      return false;
    }
    objects.put(object.toString(), content);
    return true;
  }

  private void fail() {
    if (failure != null) {
      throw failure;
    }
  }

  private static StoredObject stored(String uri, byte[] content) {
    return new StoredObject(S3Uri.parse(uri), content.length, etag(content));
  }

  private static String etag(byte[] content) {
    return Integer.toHexString(Arrays.hashCode(content));
  }
}
