package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.api.Cluster;
import dev.emroperator.finance.operator.config.Environment.InstanceTypes;
import dev.emroperator.finance.operator.emr.JobFlow.InstanceType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Settings of Spark from the size of the inputs and of the cluster: a pure function. docs/spark.md
 * has a table of what it gives.
 */
public final class SparkDefaults {

  private static final long MIB = 1L << 20;

  /** Tasks end at about the same time when each core has several. */
  private static final int SCANS_PER_CORE = 2;

  /** Rows in memory over bytes in a compressed file. */
  private static final int INFLATION = 3;

  private static final long SHUFFLE_PARTITION = 128 * MIB;
  private static final int FEWEST_PARTITIONS = 4;
  private static final int MOST_PARTITIONS = 20_000;

  /** YARN's container of the application master in client mode, MiB. */
  private static final int APPLICATION_MASTER = 1_024;

  /** What EMR adds to an executor's heap. */
  private static final double OVERHEAD = 0.1875;

  private SparkDefaults() {}

  /**
   * The settings, sorted by name.
   *
   * @param inputBytes size of all frozen files; 0 when it is not known
   * @param conf of the user, which replaces what is computed
   */
  public static Map<String, String> of(
      long inputBytes, Cluster cluster, InstanceTypes types, Map<String, String> conf) {
    int cores = JobFlowPlan.maximumCapacity(cluster) * Machine.CORES_OF_A_UNIT;
    Map<String, String> settings = new TreeMap<>();
    // Loss of spot nodes must not fail a job whose work can be done again.
    settings.put("spark.task.maxFailures", "8");
    settings.put("spark.stage.maxConsecutiveAttempts", "10");
    settings.put("spark.dynamicAllocation.enabled", "true");
    settings.put("spark.sql.shuffle.partitions", "" + shufflePartitions(inputBytes, cores));
    settings.put("spark.sql.files.maxPartitionBytes", mib(scan(inputBytes, cores)));
    smallest(types.core(), types.task())
        .ifPresent(machine -> putExecutor(settings, machine, cores));
    smallest(types.master(), List.of())
        .ifPresent(
            machine ->
                settings.put(
                    "spark.driver.memory", mib(clamp(machine.memory() / 8, 1_024, 8_192))));
    settings.putAll(conf);
    return settings;
  }

  /** Partitions of a size that fits into memory; with more than the cores, whole rounds of them. */
  private static long shufflePartitions(long inputBytes, int cores) {
    long bySize = inputBytes == 0 ? cores : ceiling(inputBytes, SHUFFLE_PARTITION / INFLATION);
    long rounds = bySize > cores ? ceiling(bySize, cores) * cores : bySize;
    return clamp(rounds, FEWEST_PARTITIONS, MOST_PARTITIONS);
  }

  private static long scan(long inputBytes, int cores) {
    long share = inputBytes / MIB / ((long) SCANS_PER_CORE * cores);
    return inputBytes == 0 ? 128 : clamp(share, 16, 128);
  }

  /** One executor on the smallest machine, as many on a larger one as fit. */
  private static void putExecutor(Map<String, String> settings, Machine machine, int cores) {
    long heap = (long) ((machine.memory() * 3L / 4 - APPLICATION_MASTER) / (1 + OVERHEAD));
    settings.put("spark.executor.cores", "" + machine.cores());
    settings.put("spark.executor.memory", mib(heap));
    settings.put("spark.executor.memoryOverheadFactor", "" + OVERHEAD);
    settings.put("spark.dynamicAllocation.maxExecutors", "" + ceiling(cores, machine.cores()));
    settings.put("spark.sql.autoBroadcastJoinThreshold", mib(clamp(heap / 128, 16, 256)));
  }

  /** Nothing when one of the types is of a family that is not known: EMR's own settings hold. */
  private static Optional<Machine> smallest(List<InstanceType> some, List<InstanceType> others) {
    List<Optional<Machine>> machines =
        Stream.concat(some.stream(), others.stream()).map(t -> Machine.of(t.type())).toList();
    return machines.stream().allMatch(Optional::isPresent)
        ? machines.stream()
            .map(Optional::get)
            .min(Comparator.comparing(Machine::memory).thenComparing(Machine::cores))
        : Optional.empty();
  }

  private static long ceiling(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static long clamp(long value, long least, long most) {
    return Math.max(least, Math.min(most, value));
  }

  private static String mib(long value) {
    return value + "m";
  }
}
