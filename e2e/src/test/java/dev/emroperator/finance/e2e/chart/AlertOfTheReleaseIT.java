package dev.emroperator.finance.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.emroperator.finance.e2e.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator that is down is missed, even if Prometheus sees others. */
class AlertOfTheReleaseIT {

  private static final String CASES =
      """
      rule_files: [rules.yaml]
      evaluation_interval: 1m
      tests:
        - interval: 1m
          input_series:
            - {series: 'emr_operator_analyses{namespace="emr-operator",job="emr-operator-metrics"}', values: '1x10 stale'}
            - {series: 'emr_operator_analyses{namespace="other",job="emr-operator-metrics"}', values: '1x40'}
            - {series: 'emr_operator_analyses{namespace="emr-operator",job="other-metrics"}', values: '1x40'}
          promql_expr_test:
            - {expr: 'ALERTS{alertstate="firing"}', eval_time: 15m, exp_samples: []}
            - expr: sum by (alertname, namespace, job) (ALERTS{alertstate="firing"})
              eval_time: 17m
              exp_samples:
                - labels: '{alertname="EmrOperatorDown",namespace="emr-operator",job="emr-operator-metrics"}'
                  value: 1
      """;

  private static final String UNLABELLED =
      """
      rule_files: [rules.yaml]
      evaluation_interval: 1m
      tests:
        - interval: 1m
          input_series:
            - {series: 'emr_operator_analyses{job="pods"}', values: '1x10 stale'}
          promql_expr_test:
            - {expr: 'ALERTS{alertstate="firing"}', eval_time: 10m, exp_samples: []}
            - expr: sum by (alertname) (ALERTS{alertstate="firing"})
              eval_time: 17m
              exp_samples:
                - {labels: '{alertname="EmrOperatorDown"}', value: 1}
      """;

  @TempDir Path folder;

  @Test
  void aReleaseThatIsDownIsMissedBesideOthersThatAreSeen() throws IOException {
    holds(CASES, ChartCopy.into(folder), ValueSet.of("teams"));
  }

  @Test
  void whoeverScrapesWithoutTheServiceMonitorMayLabelAsHeLikes() throws IOException {
    ChartCopy chart =
        ChartCopy.into(folder)
            .edit(
                "values.yaml",
                values -> values.replaceFirst("(  rules:.*\\n    enabled:) false", "$1 true"));
    holds(UNLABELLED, chart, ValueSet.of("least"));
  }

  private void holds(String cases, ChartCopy chart, ValueSet values) throws IOException {
    String rendered = HelmProgram.helm4().template(chart, values);
    var rule = Manifests.of(rendered).get("PrometheusRule emr-operator/emr-operator");
    Files.writeString(
        folder.resolve("rules.yaml"), new YAMLMapper().writeValueAsString(rule.path("spec")));
    Path file = Files.writeString(folder.resolve("cases.yaml"), cases);

    Tool.Answer answer =
        Tool.of("promtool").run(folder, Map.of(), "test", "rules", file.toString());

    assertEquals(0, answer.exitCode(), answer.printed());
  }
}
