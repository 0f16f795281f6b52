package dev.emroperator.finance.e2e.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.e2e.observability.Dashboard.Question;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a dashboard must be beyond what Grafana's types say of it, which {@link GrafanaIT} asks. */
class DashboardTest {

  /** Of Grafana's grid. */
  private static final int COLUMNS = 24;

  /** How one of those that Prometheus sees is told from the others, as the alerts tell them. */
  private static final String INSTALLATION = "namespace=\"$namespace\",job=\"$job\"";

  private static JsonNode dashboard;

  @BeforeAll
  static void read() throws IOException {
    dashboard = Dashboard.read();
    assertFalse(dashboard.path("panels").isEmpty());
  }

  @Test
  void everyPanelHasAnIdOfItsOwn() {
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertTrue(panel.path("id").isInt() && ids.add(panel.path("id").asInt()), panel.toString());
    }
  }

  @Test
  void everyPanelHasAQuestionAndAnExplanation() {
    for (JsonNode panel : dashboard.path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        assertFalse(panel.path("description").asText().isEmpty(), panel.path("title").asText());
        assertFalse(panel.path("targets").isEmpty(), panel.path("title").asText());
      }
    }
  }

  @Test
  void noPanelLiesOverAnotherOrBeyondTheGrid() {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      JsonNode place = panel.path("gridPos");
      int left = place.path("x").asInt(-1);
      int top = place.path("y").asInt(-1);
      int right = left + place.path("w").asInt();
      int bottom = top + place.path("h").asInt();
      assertTrue(0 <= left && left < right && right <= COLUMNS, panel.toString());
      assertTrue(0 <= top && top < bottom, panel.toString());
      for (int x = left; x < right; x++) {
        for (int y = top; y < bottom; y++) {
          assertTrue(taken.add(x + "," + y), panel.toString());
        }
      }
    }
  }

  @Test
  void noQuestionMixesInstallations() throws IOException {
    for (Question question : Dashboard.ofPanels()) {
      String rest =
          question.query().replaceAll("emr_operator_\\w+\\{" + Pattern.quote(INSTALLATION), "");
      assertNotEquals(question.query(), rest, "asks for nothing of one installation");
      assertFalse(rest.contains("emr_operator_"), question.query());
    }
  }

  @Test
  void everyQuestionGoesToTheDataSourceThatIsChosen() {
    JsonNode chosen = dashboard.at("/templating/list/0");
    assertEquals("datasource", chosen.path("type").asText());
    JsonNode source =
        new ObjectMapper()
            .createObjectNode()
            .put("type", chosen.path("query").asText())
            .put("uid", "${" + chosen.path("name").asText() + "}");
    for (JsonNode variable : dashboard.at("/templating/list")) {
      assertTrue(
          variable == chosen || source.equals(variable.path("datasource")), variable.toString());
    }
    for (JsonNode panel : dashboard.path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        assertEquals(source, panel.path("datasource"), panel.toString());
        for (JsonNode target : panel.path("targets")) {
          assertEquals(source, target.path("datasource"), panel.toString());
        }
      }
    }
  }
}
