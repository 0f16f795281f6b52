package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bundled Spark job. Its name in S3 carries the hash of its content, so it is never replaced.
 */
public final class JobJar {

  private static final String RESOURCE = "/job/spark-job.jar";
  private static final int VERSION_LENGTH = 12;

  private final byte[] content;
  private final String version;
  private final Set<S3Uri> uploaded = ConcurrentHashMap.newKeySet();

  public JobJar(byte[] content) {
    this.content = content.clone();
    this.version = hash(content).substring(0, VERSION_LENGTH);
  }

  /** The job that was built into this program. */
  public static JobJar bundled() {
    try (InputStream jar = JobJar.class.getResourceAsStream(RESOURCE)) {
      if (jar == null) {
        throw new IllegalStateException("this build lacks the Spark job: " + RESOURCE);
      }
      return new JobJar(jar.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells one content from another. */
  public String version() {
    return version;
  }

  /** Location of the job in the artifacts of an account; uploads it if it isn't there. */
  public S3Uri in(Account account) {
    S3Uri location =
        S3Uri.parse(account.environment().artifacts())
            .resolve("jobs/spark-job-" + version + ".jar");
    if (!uploaded.contains(location)) {
      if (account.store().head(location).isEmpty()) {
        account.store().write(location, content);
      }
      uploaded.add(location);
    }
    return location;
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
