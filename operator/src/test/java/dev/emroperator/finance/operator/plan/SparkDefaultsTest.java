package dev.emroperator.finance.operator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Cluster;
import dev.emroperator.finance.operator.config.Environment.InstanceTypes;
import dev.emroperator.finance.operator.emr.JobFlow.InstanceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the table in docs/spark.md against what is computed. */
class SparkDefaultsTest {

  private static Map<String, String> of(
      double gib, int core, int spot, String type, Map<String, String> conf) {
    var types = List.of(new InstanceType(type, 1));
    return SparkDefaults.of(
        (long) (gib * (1L << 30)),
        new Cluster(null, new Cluster.Core(core), new Cluster.Task(spot, null, null), null),
        new InstanceTypes(types, types, types),
        conf);
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 1, 4, m6i.xlarge",
    "1, 1, 4, m6i.xlarge",
    "10, 1, 4, m6i.xlarge",
    "10, 2, 32, m6i.2xlarge",
    "100, 2, 32, r6i.2xlarge",
    "1000, 4, 60, c6i.4xlarge",
    "10000, 4, 60, r6i.4xlarge",
  })
  void isWhatTheDocsSay(String gib, int core, int spot, String type) throws IOException {
    Map<String, String> made = of(Double.parseDouble(gib), core, spot, type, Map.of());
    String line =
        "| %s GiB | %d + %d | %s | %s | %s | %s | %s | %s | %s |"
            .formatted(
                gib,
                core,
                spot,
                type,
                made.get("spark.sql.shuffle.partitions"),
                made.get("spark.sql.files.maxPartitionBytes"),
                made.get("spark.executor.cores"),
                made.get("spark.executor.memory"),
                made.get("spark.dynamicAllocation.maxExecutors"),
                made.get("spark.sql.autoBroadcastJoinThreshold"));
    String docs = Files.readString(Path.of("../docs/spark.md"));
    assertTrue(docs.contains(line + "\n"), line);
  }

  @Test
  void anExecutorWithItsOverheadFitsBesideTheApplicationMasterOnItsMachine() {
    for (String type : List.of("c5.xlarge", "m5.xlarge", "r6g.8xlarge", "m7i.16xlarge")) {
      String memory = of(1, 1, 1, type, Map.of()).get("spark.executor.memory");
      long container = (long) (Long.parseLong(memory.replace("m", "")) * 1.1875) + 1_024;
      assertTrue(container <= Machine.of(type).orElseThrow().memory() * 3 / 4, type);
    }
  }

  @Test
  void theUsersSettingReplacesTheComputedOne() {
    assertEquals(
        "7",
        of(1, 1, 4, "m6i.xlarge", Map.of("spark.sql.shuffle.partitions", "7"))
            .get("spark.sql.shuffle.partitions"));
  }

  @Test
  void machinesThatAreNotKnownLeaveTheExecutorsToEmr() {
    Map<String, String> made = of(1, 1, 4, "x2idn.16xlarge", Map.of());
    assertFalse(made.containsKey("spark.executor.memory"));
    assertEquals("40", made.get("spark.sql.shuffle.partitions"));
  }

  @Test
  void withoutASizeEveryCoreGetsAPartition() {
    Map<String, String> made = of(0, 1, 4, "m6i.xlarge", Map.of());
    assertEquals("20", made.get("spark.sql.shuffle.partitions"));
    assertEquals("128m", made.get("spark.sql.files.maxPartitionBytes"));
  }
}
