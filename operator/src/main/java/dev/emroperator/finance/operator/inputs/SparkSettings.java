package dev.emroperator.finance.operator.inputs;

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

  /** What docs/spark.md lists. */
  public static final Set<String> ALLOWED =
      Set.of(
          "spark.default.parallelism",
          "spark.driver.maxResultSize",
          "spark.driver.memory",
          "spark.dynamicAllocation.executorIdleTimeout",
          "spark.dynamicAllocation.initialExecutors",
          "spark.dynamicAllocation.maxExecutors",
          "spark.dynamicAllocation.minExecutors",
          "spark.executor.cores",
          "spark.executor.heartbeatInterval",
          "spark.executor.memory",
          "spark.executor.memoryOverhead",
          "spark.executor.memoryOverheadFactor",
          "spark.financialanalyses.internals",
          "spark.locality.wait",
          "spark.memory.fraction",
          "spark.memory.storageFraction",
          "spark.network.timeout",
          "spark.reducer.maxSizeInFlight",
          "spark.shuffle.file.buffer",
          "spark.sql.adaptive.advisoryPartitionSizeInBytes",
          "spark.sql.adaptive.coalescePartitions.parallelismFirst",
          "spark.sql.adaptive.skewJoin.skewedPartitionFactor",
          "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes",
          "spark.sql.autoBroadcastJoinThreshold",
          "spark.sql.broadcastTimeout",
          "spark.sql.files.maxPartitionBytes",
          "spark.sql.files.openCostInBytes",
          "spark.sql.parquet.columnarReaderBatchSize",
          "spark.sql.shuffle.partitions",
          "spark.stage.maxConsecutiveAttempts",
          "spark.task.maxFailures");

  /** Numbers with a unit, so that no value is a class, a path or an option of a JVM. */
  private static final Pattern VALUE =
      Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,9})?[a-zA-Z]{0,3}|true|false");

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
                "SparkSettingNotAllowed",
                "spec.spark.conf has %s, which %s; allowed are %s"
                    .formatted(key, reason(key), new TreeSet<>(ALLOWED))));
      }
      if (setting.getValue() == null || !VALUE.matcher(setting.getValue()).matches()) {
        return Optional.of(
            new Refusal(
                "InvalidSparkSetting",
                "spec.spark.conf has '%s' for %s: write a number, as in 200 or 64m, or true or false"
                    .formatted(setting.getValue(), key)));
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
