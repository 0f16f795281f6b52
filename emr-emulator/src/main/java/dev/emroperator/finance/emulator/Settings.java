package dev.emroperator.finance.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an emulator is started with.
 *
 * @param port 0 for a free one
 * @param s3 where S3's protocol is spoken; null when steps and logs need none
 * @param sparkClassPath file with one line of jars; null for {@code $SPARK_HOME/jars/*}
 * @param provisioning time in STARTING
 * @param bootstrapping time in BOOTSTRAPPING
 * @param terminating time in TERMINATING
 * @param account AWS account number in ARNs
 */
public record Settings(
    int port,
    URI s3,
    Path sparkClassPath,
    Duration provisioning,
    Duration bootstrapping,
    Duration terminating,
    String account) {

  /** No delays, and no S3. */
  public static final Settings IMMEDIATE =
      new Settings(0, null, null, Duration.ZERO, Duration.ZERO, Duration.ZERO, "123456789012");
}
