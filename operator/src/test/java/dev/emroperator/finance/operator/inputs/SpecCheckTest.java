package dev.emroperator.finance.operator.inputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.config.Environment;
import dev.emroperator.finance.operator.config.Environment.Fence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecCheckTest {

  private static Optional<Refusal> check(String spec, String namespace) {
    return SpecCheck.of(Samples.spec(spec), Samples.environment(), namespace);
  }

  @Test
  void acceptsWhatTheEnvironmentAllows() {
    assertEquals(Optional.empty(), check(Samples.SPEC, "research"));
  }

  @Test
  void refusesForeignNamespaces() {
    assertEquals(Reason.OUTSIDE_FENCE, check(Samples.SPEC, "payroll").orElseThrow().reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3://research/us-equities/      | s3://payroll/us-equities/       | OutsideFence       | spec.output.path s3://payroll/
          s3://research/us-equities/      | s3://research-2/us-equities/    | OutsideFence       | spec.output.path s3://research-2/
          s3://market-data/us/daily/      | s3://payroll/us/daily/          | OutsideFence       | input 'bars'
          America/New_York                | America/Gotham                  | UnknownTimezone    | America/Gotham
          from: 2010-01-04                | from: 2010-02-30                | InvalidRange       | 2010-02-30
          format: csv                     | attributes: {Date: d}           | DuplicateColumn    | attribute 'Date' of input 'bars'
          of: bars                        | of: bar                         | UnknownSource      | analysis 'monthly' is made of 'bar'
          column: close                   | column: avgClose                | MissingColumn      | analysis 'trend' needs [avgClose]
          column: close                   | column: time                    | MissingColumn      | analysis 'trend' needs [time]
          column: close                   | column: ticker                  | MissingColumn      | analysis 'trend' needs [ticker]
          tags: {team: research}          | tags: {owner: me}               | TagNotAllowed      | [owner]
          tags: {team: research}          | cluster: {task: {spotCapacity: 64}} | CapacityExceeded | 65 units
          """)
  void namesTheFieldAndTheReason(String good, String bad, String reason, String inMessage) {
    Refusal refusal = check(Samples.SPEC.replace(good, bad), "research").orElseThrow();
    assertEquals(reason, refusal.reason().code());
    assertTrue(refusal.message().contains(inMessage), refusal.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spark.jars                            | s3://x/y.jar     | brings other code
          spark.submit.pyFiles                  | x.py             | brings other code
          spark.plugins                         | a.B              | loads classes
          spark.sql.extensions                  | a.B              | loads classes
          spark.extraListeners                  | a.B              | loads classes
          spark.serializer                      | a.B              | loads classes
          spark.driver.extraJavaOptions         | -javaagent:x.jar | how JVMs are started
          spark.executor.defaultJavaOptions     | -Dx=y            | how JVMs are started
          spark.executor.extraClassPath         | /tmp             | how JVMs are started
          spark.pyspark.python                  | /bin/sh          | starts other programs
          spark.executorEnv.LD_PRELOAD          | x.so             | processes that YARN starts
          spark.hadoop.fs.s3a.access.key        | AKIA             | credentials
          spark.sql.catalog.other               | a.B              | opens a catalog
          spark.sql.hive.metastore.jars         | x                | opens a catalog
          spark.metrics.conf                    | x                | sends data
          spark.eventLog.dir                    | s3://x/          | sends data
          spark.sql.ansi.enabled                | false            | may change what comes out
          spark.sql.session.timeZone            | UTC              | may change what comes out
          spark.sql.files.ignoreCorruptFiles    | true             | may change what comes out
          spark.unheard.of                      | 1                | none of those
          spark.sql.shuffle.partitions          | -Dx=y            | write a whole number
          spark.executor.memory                 | $(id)            | write a size
          spark.executor.memory                 | true             | write a size
          spark.executor.memory                 | -5g              | write a size
          spark.executor.cores                  | 4g               | write a whole number
          spark.memory.fraction                 | 60               | write a share
          spark.network.timeout                 | 64m b            | write a time
          spark.sql.autoBroadcastJoinThreshold  | off              | or -1 for none
          """)
  void refusesSettingsThatRunCodeOrReachOutsideAndSaysWhatIsAllowed(
      String key, String value, String inMessage) {
    Refusal refusal =
        check(Samples.SPEC + "spark: {conf: {" + key + ": '" + value + "'}}\n", "research")
            .orElseThrow();
    assertTrue(refusal.message().contains(inMessage), refusal.message());
    assertTrue(
        refusal.message().contains("spark.sql.shuffle.partitions")
            || refusal.reason() == Reason.INVALID_SPARK_SETTING);
  }

  @Test
  void everySettingThatIsAllowedIsInTheDocs() throws IOException {
    String docs = Files.readString(Path.of("../docs/spark.md"));
    for (String key : SparkSettings.ALLOWED) {
      assertTrue(docs.contains("- `" + key + "`\n"), key);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "spark.sql.shuffle.partitions, 400",
    "spark.executor.memory, 5g",
    "spark.sql.autoBroadcastJoinThreshold, -1",
    "spark.sql.autoBroadcastJoinThreshold, 256MB",
    "spark.network.timeout, 120s",
    "spark.memory.fraction, 0.6",
    "spark.sql.adaptive.coalescePartitions.parallelismFirst, false"
  })
  void acceptsSettingsOfTheKindThatTheyAre(String key, String value) {
    assertEquals(
        Optional.empty(),
        check(Samples.SPEC + "spark: {conf: {" + key + ": '" + value + "'}}\n", "research"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM bars                           | true
          -- all \\n /* of */ (select 1)                | true
          WITH a AS (SELECT 1) SELECT * FROM a         | true
          DROP TABLE bars                              | false
          SET spark.sql.ansi.enabled=false             | false
          SELECTED                                     | false
          /* SELECT */ INSERT INTO a SELECT 1          | false
          -- SELECT 1                                  | false
          """)
  void refusesWhatIsClearlyNoSelect(String select, boolean accepted) {
    String spec =
        Samples.SPEC.replace(
            "bars: {every: 1mo, fields: [avgClose, volume]}",
            "sql: {select: \"" + select + "\", columns: [x]}");
    Optional<Refusal> refusal = check(spec, "research");
    assertEquals(accepted, refusal.isEmpty(), () -> refusal.toString());
    refusal.ifPresent(why -> assertEquals(Reason.NOT_A_SELECT, why.reason()));
  }

  @Test
  void refusesOutputInsideAnInput() {
    String spec =
        Samples.SPEC
            .replace("s3://market-data/us/daily/", "s3://research/")
            .replace("s3://research/us-equities/", "s3://research/mine/");
    assertEquals(
        "spec.output.path s3://research/mine/ lies inside of input 'bars': choose a place outside"
            + " of s3://research/",
        inputsMayBe("s3://research/", spec, "OutputInsideInput"));
  }

  /** What is said of a spec where inputs may be read from that prefix alone. */
  static String inputsMayBe(String prefix, String spec, String reason) {
    Fence fence =
        new Fence(null, List.of(prefix), Samples.environment().fence().outputs(), 64, null);
    Environment wide =
        new Environment(
            "eu-west-1",
            "r",
            "p",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            fence,
            null,
            null,
            null,
            null);
    Refusal refusal = SpecCheck.of(Samples.spec(spec), wide, "research").orElseThrow();
    assertEquals(reason, refusal.reason().code(), refusal.message());
    return refusal.message();
  }

  @Test
  void anAnalysisMayOnlyUseEarlierOnes() {
    String spec =
        Samples.SPEC.replace("name: monthly\n    of: bars", "name: monthly\n    of: trend");
    assertEquals(Reason.UNKNOWN_SOURCE, check(spec, "research").orElseThrow().reason());
  }
}
