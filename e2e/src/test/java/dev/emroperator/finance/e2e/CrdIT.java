package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.localcloud.Kubectl.Answer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The CRD on the real API server. Most objects are only tried out; where one is stored, an operator
 * of another test may see it too, so nothing here depends on what it does.
 */
class CrdIT {

  private static Cloud cloud;

  @BeforeAll
  static void start() {
    cloud = Cloud.shared();
  }

  /** Server-side dry run: schema, CEL and defaults, and nothing stays. */
  private static Answer check(String yaml) {
    return cloud.applyTo(Cloud.NAMESPACE, yaml, "--dry-run=server", "-o", "yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bars: {every: 1d, fields: [close, volume]}     | bars: {every: 1d, field: [close]}               | unknown field "spec.analyses[0].bars.field"
          bars: {every: 1d, fields: [close, volume]}     | bars: {every: 1y}                               | spec.analyses[0].bars.every
          bars: {every: 1d, fields: [close, volume]}     | bars: {every: 1d, fields: [last]}               | spec.analyses[0].bars.fields[0]: Unsupported value: "last"
          bars: {every: 1d, fields: [close, volume]}     | bars: {every: 5m, session: {open: "16:00", close: "09:30"}} | a session opens before it closes
          bars: {every: 1d, fields: [close, volume]}     | asof: {other: quotes, columns: [bid, lag]}      | no column that asof itself gives
          bars: {every: 1d, fields: [close, volume]}     | beta: {benchmark: SPY, window: 20, minPeriods: 21} | minPeriods is at most the window
          bars: {every: 1d, fields: [close, volume]}     | beta: {window: 20}                              | beta needs either benchmark or weights
          bars: {every: 1d, fields: [close, volume]}     | beta: {benchmark: SPY, weights: companies}      | beta needs either benchmark or weights
          bars: {every: 1d, fields: [close, volume]}     | indicators: {column: close}                     | indicators needs one of ema, rsi, atr and macd
          bars: {every: 1d, fields: [close, volume]}     | indicators: {macd: {fast: 26, slow: 26, signal: 9}} | macd.fast must be less than macd.slow
          rolling: {column: close, windows: [20], stats: [mean]} | rolling: {column: close, windows: [1], stats: [mean]} | spec.analyses[1].rolling.windows[0]
          rolling: {column: close, windows: [20], stats: [mean]} | rolling: {column: close, stats: [mean]} | rolling needs windows, ranges or both
          rolling: {column: close, windows: [20], stats: [mean]} | rolling: {column: close, ranges: [], stats: [mean]} | spec.analyses[1].rolling.ranges
          rolling: {column: close, windows: [20], stats: [mean]} | rolling: {column: close, ranges: [7d, 1mo], stats: [mean]} | months have no fixed length
          rolling: {column: close, windows: [20], stats: [mean]} | rolling: {column: close, ranges: [1w], stats: [mean]} | write weeks as days
          rolling: {column: close, windows: [20], stats: [mean]} | rolling: {column: close, windows: [20], ranges: [7d], stats: [mean], minPeriods: 21} | minPeriods is at most the shortest of windows
          rolling: {column: close, windows: [20], stats: [mean]} | rolling: {column: close, windows: [20], stats: [bollinger], bandWidth: 0} | spec.analyses[1].rolling.bandWidth
          rolling: {column: close, windows: [20], stats: [mean]} | rolling: {column: close, windows: [20], stats: [mean]}, bars: {every: 1d}} | exactly one kind: quality, adjust, bars
          name: trend                                    | name: daily                                     | names in spec.analyses must be unique
          name: trend                                    | name: prices                                    | must not have the name of an input
          format: csv                                    | format: xlsx                                    | spec.inputs[0].format: Unsupported value: "xlsx"
          path: s3://market-data/crd/                    | path: s3://market-data/../payroll/              | spec.inputs[0].path
          path: s3://market-data/crd/                    | path: s3://market-data/*/x/                     | spec.inputs[0].path
          output: {path                                  | ttlAfterFinished: 1w\\n  output: {path           | spec.ttlAfterFinished
          output: {path                                  | reuse: Always\\n  output: {path                  | spec.reuse: Unsupported value: "Always"
          path: s3://market-data/crd/                    | path: file:///etc/passwd                        | spec.inputs[0].path
          output: {path: "s3://research/crd/"            | output: {path: "s3://research/crd"              | spec.output.path
          output: {path                                  | deadlines: {total: 6 hours}\\n  output: {path    | spec.deadlines.total
          output: {path                                  | deadlines: {start: 0m}\\n  output: {path         | spec.deadlines.start
          output: {path                                  | range: {from: 2024-03-01, to: 2024-02-01}\\n  output: {path | range.from must not be after range.to
          output: {path                                  | range: {last: 30d, to: 2024-02-01}\\n  output: {path | range.last can't be combined
          output: {path                                  | range: {from: 2024-13-01}\\n  output: {path      | spec.range.from
          output: {path                                  | cluster: {task: {spotTimeout: 4m}}\\n  output: {path | spec.cluster.task.spotTimeout
          output: {path                                  | cluster: {release: emr-7.9.0}\\n  output: {path  | spec.cluster.release
          output: {path                                  | cluster: {release: emr-7.14.0}\\n  output: {path | spec.cluster.release
          output: {path                                  | cluster: {release: latest}\\n  output: {path     | spec.cluster.release
          output: {path                                  | serviceRole: admin\\n  output: {path            | unknown field "spec.serviceRole"
          output: {path                                  | instanceProfile: admin\\n  output: {path        | unknown field "spec.instanceProfile"
          output: {path                                  | subnets: [subnet-1]\\n  output: {path           | unknown field "spec.subnets"
          output: {path                                  | logs: "s3://payroll/"\\n  output: {path         | unknown field "spec.logs"
          output: {path                                  | cluster: {serviceRole: admin}\\n  output: {path | unknown field "spec.cluster.serviceRole"
          output: {path                                  | cluster: {instanceProfile: admin}\\n  output: {path | unknown field "spec.cluster.instanceProfile"
          output: {path                                  | cluster: {subnets: [subnet-1]}\\n  output: {path | unknown field "spec.cluster.subnets"
          output: {path                                  | cluster: {logs: "s3://payroll/"}\\n  output: {path | unknown field "spec.cluster.logs"
          """)
  void refusesAndNamesTheField(String good, String bad, String said) {
    String yaml = Objects.analysis("crd").replace(good, fix(bad));
    assertNotEquals(Objects.analysis("crd"), yaml);
    Answer answer = check(yaml);
    assertEquals(1, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains(said), answer.printed());
  }

  /** Line breaks, and the one case where the second kind goes on its own line. */
  private static String fix(String bad) {
    return bad.replace("\\n", "\n").replace(", bars: {every: 1d}}", "\n      bars: {every: 1d}");
  }

  @Test
  void acceptsTheExampleAndFillsTheDefaults() {
    Answer answer = check(Objects.analysis("crd"));
    assertEquals(0, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains("environment: default"), answer.printed());
    assertTrue(answer.printed().contains("observedGeneration: -1"), answer.printed());
  }

  @Test
  void acceptsWindowsOfTimeWithMorePeriodsThanAnyWindowOfRowsMayHave() {
    String yaml =
        Objects.analysis("crd")
            .replace(
                "rolling: {column: close, windows: [20], stats: [mean]}",
                "rolling: {column: close, ranges: [30m, 7d], stats: [bollinger], minPeriods: 10000, bandWidth: 2.5}");
    Answer answer = check(yaml);
    assertEquals(0, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains("bandWidth: 2.5"), answer.printed());
  }

  private static CustomResourceDefinitionVersion version() {
    try (KubernetesClient client = cloud.cloud().kubernetes().client()) {
      return client
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName("financialanalyses.finance.emr-operator.dev")
          .get()
          .getSpec()
          .getVersions()
          .get(0);
    }
  }

  @Test
  void showsTheColumnsInTheOrderThatPeopleRead() {
    assertEquals(8, version().getAdditionalPrinterColumns().size());
    cloud.apply(Objects.analysis("columns"));
    String narrow = cloud.kubectl("get", "fa", "columns").lines().findFirst().orElseThrow();
    assertEquals("NAME PHASE STEPS PROGRESS CLUSTER AGE", narrow.replaceAll(" +", " ").strip());
    String wide = cloud.kubectl("get", "emr", "-o", "wide").lines().findFirst().orElseThrow();
    assertEquals(
        "NAME PHASE STEPS PROGRESS CLUSTER AGE ATTEMPT OUTPUT MESSAGE",
        wide.replaceAll(" +", " ").strip());
    cloud.kubectl("delete", "fa", "columns");
  }

  @Test
  void explainsEveryFieldOfTheSpec() {
    String explained = cloud.run("explain", "fa.spec.analyses.rolling").printed();
    assertTrue(explained.contains("Lengths of the windows in rows"), explained);
    JSONSchemaProps root = version().getSchema().getOpenAPIV3Schema();
    List<String> fields = new ArrayList<>();
    List<String> undescribed = new ArrayList<>();
    walk("spec", root.getProperties().get("spec"), fields, undescribed);
    walk("status", root.getProperties().get("status"), fields, undescribed);
    assertTrue(fields.contains("spec.analyses.rolling.windows"), fields.toString());
    assertEquals(List.of(), undescribed);
  }

  private static void walk(
      String path, JSONSchemaProps schema, List<String> fields, List<String> undescribed) {
    fields.add(path);
    if (schema.getDescription() == null || schema.getDescription().isBlank()) {
      undescribed.add(path);
    }
    JSONSchemaProps inner = schema.getItems() == null ? schema : schema.getItems().getSchema();
    inner
        .getProperties()
        .forEach((name, field) -> walk(path + "." + name, field, fields, undescribed));
  }

  /** The status of a run under way; suspended, so that no operator goes on with it. */
  private static void stands(String name, String phase) {
    cloud.kubectl(
        "patch",
        "fa",
        name,
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"phase\":\""
            + phase
            + "\",\"attempt\":{\"number\":1},"
            + "\"outcome\":{\"succeeded\":false,\"reason\":\"Test\",\"message\":\"a test\"}}}");
  }

  @Test
  void keepsTheSpecWhileARunIsUnderWay() {
    String yaml = Objects.analysis("fixed") + "  suspend: true\n";
    cloud.apply(yaml);
    stands("fixed", "Suspended");
    Answer edit = check(yaml.replace("windows: [20]", "windows: [30]"));
    assertEquals(1, edit.exitCode());
    assertTrue(edit.printed().contains("spec can't be changed while a run"), edit.printed());
    for (String more :
        new String[] {
          "cluster: {core: {capacity: 2}}",
          "range: {last: 30d}",
          "reuse: Never",
          "spark: {conf: {spark.sql.shuffle.partitions: \"8\"}}"
        }) {
      assertEquals(1, check(yaml + "  " + more + "\n").exitCode(), more);
    }
    for (String more :
        new String[] {
          "deadlines: {total: 1h}", "retry: {limit: 5}", "ttlAfterFinished: 7d", "suspend: false"
        }) {
      Answer allowed = check(yaml.replace("  suspend: true\n", "") + "  " + more + "\n");
      assertEquals(0, allowed.exitCode(), allowed.printed());
    }
    cloud.kubectl("delete", "fa", "fixed");
  }
}
