package dev.emroperator.finance.operator.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instance of EC2, told from the name of its type: {@code m}, {@code c} and {@code r} stand for
 * 4, 2 and 8 GiB for each vCPU, and an {@code xlarge} has 4 vCPUs. Source: <a
 * href="https://docs.aws.amazon.com/ec2/latest/instancetypes/">Amazon EC2 instance types</a>.
 *
 * @param cores vCPUs
 * @param memory MiB
 */
record Machine(int cores, long memory) {

  /** A unit of capacity is worth 4 vCPUs. */
  static final int CORES_OF_A_UNIT = 4;

  private static final Pattern TYPE = Pattern.compile("([mcr])[5-8][a-z]*\\.([0-9]{0,2})xlarge");

  /** Nothing for a type of another family. */
  static Optional<Machine> of(String type) {
    Matcher parts = TYPE.matcher(type);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int cores = 4 * (parts.group(2).isEmpty() ? 1 : Integer.parseInt(parts.group(2)));
    int gibPerCore =
        switch (parts.group(1)) {
          case "c" -> 2;
          case "m" -> 4;
          default -> 8;
        };
    return Optional.of(new Machine(cores, cores * gibPerCore * 1_024L));
  }
}
