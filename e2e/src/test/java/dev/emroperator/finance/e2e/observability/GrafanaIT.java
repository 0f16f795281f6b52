package dev.emroperator.finance.e2e.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.Tool.Answer;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Grafana's own types of dashboards, panels and queries say of the chart's dashboard. */
@Tag("delivery")
class GrafanaIT {

  private static final Path DASHBOARD = Checkout.find().root().resolve("helm/files/dashboard.json");

  @TempDir Path folder;
  private static Tool grafana;

  @BeforeAll
  static void build() {
    grafana = Tool.of("grafana-dashboard");
  }

  @Test
  void theDashboardHasAllThatGrafanaWantsAndNothingElse() {
    assertEquals(new Answer(0, ""), grafana.run(DASHBOARD.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"timeseries\"   | \"timeserie\"   | .type:",
        "\"showLegend\"   | \"showLegends\" | .options.legend.",
        "\"unit\"         | \"units\"       | .fieldConfig.defaults.",
        "\"min\": 0       | \"min\": \"0\"  | .fieldConfig:",
        "\"expr\"         | \"query\"       | .targets[0].",
        "\"prometheus\"   | \"promtheus\"   | .targets[0]:",
        "\"w\": 12        | \"w\": 25       | .gridPos.w:",
        "\"collapsed\"    | \"closed\"      | .panels[0].",
        "\"refresh\": 2   | \"refreshes\": 2| .templating.list[1].",
        "\"timezone\"     | \"timeZone\"    | unexpected field 'timeZone'"
      })
  void whatGrafanaDoesNotKnowIsFound(String ours, String wrong, String fault) throws IOException {
    String changed = Files.readString(DASHBOARD).replace(ours, wrong);
    Path file = Files.writeString(folder.resolve("dashboard.json"), changed);
    Answer answer = grafana.run(file.toString());
    assertEquals(1, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains(fault), answer.printed());
  }
}
