package dev.emroperator.finance.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an emulator is started with.
 *
 * @param port 0 for a free one
 * @param s3 where S3's protocol is spoken; null when steps and logs need none
 * @param sparkClassPath file with one line of jars; null for {@code $SPARK_HOME/jars/*}
 * @param sparkSubmit command that is run in place of {@code spark-submit}; empty for Spark itself
 * @param provisioning time in STARTING
 * @param bootstrapping time in BOOTSTRAPPING
 * @param terminating time in TERMINATING
 * @param quotas how much faster than at AWS the quotas refill; 0 for no quotas
 * @param account AWS account number in ARNs
 */
public record Settings(
    int port,
    URI s3,
    Path sparkClassPath,
    List<String> sparkSubmit,
    Duration provisioning,
    Duration bootstrapping,
    Duration terminating,
    double quotas,
    String account) {

  private static final String ACCOUNT = "123456789012";

  /** No delays, no quotas, and no S3. */
  public static final Settings IMMEDIATE = local(null, List.of(), 0);

  /** No delays. */
  static Settings local(URI s3, List<String> sparkSubmit, double quotas) {
    return new Settings(
        0, s3, null, sparkSubmit, Duration.ZERO, Duration.ZERO, Duration.ZERO, quotas, ACCOUNT);
  }
}
