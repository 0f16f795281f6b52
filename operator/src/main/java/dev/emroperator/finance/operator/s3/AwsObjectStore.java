package dev.emroperator.finance.operator.s3;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Amazon S3, or whatever {@code AWS_ENDPOINT_URL_S3} points to. */
public final class AwsObjectStore implements ObjectStore, AutoCloseable {

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Set<String> LASTING =
      Set.of("AccessDenied", "NoSuchBucket", "PermanentRedirect", "AllAccessDisabled");

  private final S3Client s3;

  /**
   * Connects when the first request is made.
   *
   * @param timeouts ends requests that take too long; it serves the clients of all regions
   */
  public AwsObjectStore(String region, ScheduledExecutorService timeouts) {
    // Servers with an endpoint of their own don't answer to bucket.localhost.
    boolean custom = System.getenv("AWS_ENDPOINT_URL_S3") != null;
    s3 =
        S3Client.builder()
            .region(Region.of(region))
            .forcePathStyle(custom)
            .httpClientBuilder(ApacheHttpClient.builder().maxConnections(64))
            .overrideConfiguration(
                o -> o.apiCallTimeout(CALL_TIMEOUT).scheduledExecutorService(timeouts))
            .build();
  }

  @Override
  public List<StoredObject> list(S3Uri prefix) {
    return call(
        "list " + prefix,
        () ->
            s3
                .listObjectsV2Paginator(r -> r.bucket(prefix.bucket()).prefix(prefix.key()))
                .contents()
                .stream()
                .map(o -> new StoredObject(new S3Uri(prefix.bucket(), o.key()), o.size(), o.eTag()))
                .toList());
  }

  @Override
  public Optional<StoredObject> head(S3Uri object) {
    return find(
        "read " + object,
        () -> {
          var head = s3.headObject(r -> r.bucket(object.bucket()).key(object.key()));
          return new StoredObject(object, head.contentLength(), head.eTag());
        });
  }

  @Override
  public Optional<Versioned> read(S3Uri object) {
    return find(
        "read " + object,
        () -> {
          var answer = s3.getObjectAsBytes(r -> r.bucket(object.bucket()).key(object.key()));
          return new Versioned(answer.asByteArray(), answer.response().eTag());
        });
  }

  @Override
  public byte[] readRange(S3Uri object, long from, int length) {
    String range = "bytes=" + from + "-" + (from + length - 1);
    return call(
        "read " + object,
        () ->
            s3.getObjectAsBytes(r -> r.bucket(object.bucket()).key(object.key()).range(range))
                .asByteArray());
  }

  @Override
  public void write(S3Uri object, byte[] content) {
    call(
        "write " + object,
        () ->
            s3.putObject(
                r -> r.bucket(object.bucket()).key(object.key()), RequestBody.fromBytes(content)));
  }

  @Override
  public boolean writeIf(S3Uri object, byte[] content, String seenEtag) {
    try {
      s3.putObject(
          r -> {
            r.bucket(object.bucket()).key(object.key());
            if (seenEtag == null) {
              r.ifNoneMatch("*");
            } else {
              r.ifMatch(seenEtag);
            }
          },
          RequestBody.fromBytes(content));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 412 || e.statusCode() == 409) {
        return false;
      }
      throw failed("write " + object, e);
    } catch (SdkException e) {
      throw failed("write " + object, e);
    }
  }

  @Override
  public void close() {
    s3.close();
  }

  private static <T> Optional<T> find(String what, Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (S3Exception e) {
      boolean absent = e.statusCode() == 404 && !"NoSuchBucket".equals(code(e));
      if (absent) {
        return Optional.empty();
      }
      throw failed(what, e);
    } catch (SdkException e) {
      throw failed(what, e);
    }
  }

  private static <T> T call(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (SdkException e) {
      throw failed(what, e);
    }
  }

  private static ObjectStoreException failed(String what, SdkException e) {
    boolean lasting =
        e instanceof S3Exception s3 && (s3.statusCode() == 403 || LASTING.contains(code(s3)));
    String reason = e instanceof S3Exception s3 ? code(s3) : e.getMessage();
    return new ObjectStoreException("can't " + what + ": " + reason, lasting, e);
  }

  private static String code(S3Exception e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? "HTTP " + e.statusCode() : code;
  }
}
