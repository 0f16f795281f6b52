package dev.emroperator.finance.operator.inputs;

import dev.emroperator.finance.api.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which settings of Spark users may give: those that change how fast a job runs, and nothing else.
 */
public final class SparkSettings {

  /**
   * What a value must look like: a wrong one would be found by Spark, on a cluster that is paid.
   */
  private enum Value {
    COUNT("[1-9][0-9]{0,8}", "a whole number above 0, as in 200"),
    SIZE("[1-9][0-9]{0,11}([kKmMgGtT][bB]?)?", "a size, as in 64m"),
    SIZE_OR_OFF("-1|[0-9]{1,12}([kKmMgGtT][bB]?)?", "a size, as in 64m, or -1 for none"),
    DURATION("[0-9]{1,9}(ms|s|m|min|h)?", "a time, as in 30s"),
    SHARE("0?\\.[0-9]{1,9}", "a share between 0 and 1, as in 0.6"),
    SWITCH("true|false", "true or false");

    private final Pattern pattern;
    private final String example;

    Value(String pattern, String example) {
      this.pattern = Pattern.compile(pattern);
      this.example = example;
    }
  }

  private static final Map<String, Value> VALUES =
      Map.ofEntries(
          Map.entry("spark.default.parallelism", Value.COUNT),
          Map.entry("spark.driver.maxResultSize", Value.SIZE),
          Map.entry("spark.driver.memory", Value.SIZE),
          Map.entry("spark.dynamicAllocation.executorIdleTimeout", Value.DURATION),
          Map.entry("spark.dynamicAllocation.initialExecutors", Value.COUNT),
          Map.entry("spark.dynamicAllocation.maxExecutors", Value.COUNT),
          Map.entry("spark.dynamicAllocation.minExecutors", Value.COUNT),
          Map.entry("spark.executor.cores", Value.COUNT),
          Map.entry("spark.executor.heartbeatInterval", Value.DURATION),
          Map.entry("spark.executor.memory", Value.SIZE),
          Map.entry("spark.executor.memoryOverhead", Value.SIZE),
          Map.entry("spark.executor.memoryOverheadFactor", Value.SHARE),
          Map.entry("spark.financialanalyses.internals", Value.SWITCH),
          Map.entry("spark.locality.wait", Value.DURATION),
          Map.entry("spark.memory.fraction", Value.SHARE),
          Map.entry("spark.memory.storageFraction", Value.SHARE),
          Map.entry("spark.network.timeout", Value.DURATION),
          Map.entry("spark.reducer.maxSizeInFlight", Value.SIZE),
          Map.entry("spark.shuffle.file.buffer", Value.SIZE),
          Map.entry("spark.sql.adaptive.advisoryPartitionSizeInBytes", Value.SIZE),
          Map.entry("spark.sql.adaptive.coalescePartitions.parallelismFirst", Value.SWITCH),
          Map.entry("spark.sql.adaptive.skewJoin.skewedPartitionFactor", Value.COUNT),
          Map.entry("spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", Value.SIZE),
          Map.entry("spark.sql.autoBroadcastJoinThreshold", Value.SIZE_OR_OFF),
          Map.entry("spark.sql.broadcastTimeout", Value.DURATION),
          Map.entry("spark.sql.files.maxPartitionBytes", Value.SIZE),
          Map.entry("spark.sql.files.openCostInBytes", Value.SIZE),
          Map.entry("spark.sql.parquet.columnarReaderBatchSize", Value.COUNT),
          Map.entry("spark.sql.shuffle.partitions", Value.COUNT),
          Map.entry("spark.stage.maxConsecutiveAttempts", Value.COUNT),
          Map.entry("spark.task.maxFailures", Value.COUNT));

  /** What docs/spark.md lists. */
  public static final Set<String> ALLOWED = VALUES.keySet();

  /** Why not, for the first pattern that a key matches. */
  private static final Map<Pattern, String> REASONS = reasons();

  private SparkSettings() {}

  /** The first setting that is not allowed, or whose value is none. */
  static Optional<Refusal> refusal(Map<String, String> conf) {
    for (var setting : new TreeMap<>(conf).entrySet()) {
      String key = setting.getKey();
      if (!ALLOWED.contains(key)) {
        return Optional.of(
            new Refusal(
                Reason.SPARK_SETTING_NOT_ALLOWED,
                "spec.spark.conf has %s, which %s; allowed are %s"
                    .formatted(key, reason(key), new TreeSet<>(ALLOWED))));
      }
      Value value = VALUES.get(key);
      if (setting.getValue() == null || !value.pattern.matcher(setting.getValue()).matches()) {
        return Optional.of(
            new Refusal(
                Reason.INVALID_SPARK_SETTING,
                "spec.spark.conf has '%s' for %s: write %s"
                    .formatted(setting.getValue(), key, value.example)));
      }
    }
    return Optional.empty();
  }

  private static String reason(String key) {
    return REASONS.entrySet().stream()
        .filter(why -> why.getKey().matcher(key).lookingAt())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("is none of those that change only how fast a job runs");
  }

  private static Map<Pattern, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("(?i).*(javaOptions|classPath|libraryPath)", "changes how JVMs are started");
    reasons.put("spark\\.(executorEnv|yarn)", "changes the processes that YARN starts");
    reasons.put(
        "(?i)spark\\.(jars|files|archives|submit|repl)", "brings other code to the cluster");
    reasons.put(
        "(?i)spark\\.(plugins|.*extensions|.*listeners|.*serializer|kryo|shuffle\\.manager|.*class$)",
        "loads classes");
    reasons.put("spark\\.(pyspark|python|r\\.|sparkr)", "starts other programs");
    reasons.put(
        "spark\\.(hadoop|kerberos|security|ssl|authenticate)",
        "holds credentials or opens other stores");
    reasons.put("spark\\.sql\\.(hive|catalog|warehouse|defaultCatalog)", "opens a catalog");
    reasons.put("spark\\.(metrics|eventLog|history|ui)", "sends data about the job elsewhere");
    reasons.put(
        "spark\\.sql\\.(ansi|session|legacy|parquet|files|sources)", "may change what comes out");
    Map<Pattern, String> compiled = new LinkedHashMap<>();
    reasons.forEach((pattern, why) -> compiled.put(Pattern.compile(pattern), why));
    return compiled;
  }
}
