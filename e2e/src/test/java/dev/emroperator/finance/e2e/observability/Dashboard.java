package dev.emroperator.finance.e2e.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chart's dashboard for Grafana. */
final class Dashboard {

  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
  private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

  /**
   * What Prometheus is asked.
   *
   * @param name as that of a metric
   * @param labels that Grafana takes from the answers
   */
  record Question(String name, String query, List<String> labels) {

    /** With the choices of whoever looks at it, in Grafana's place. */
    String of(String namespace, String job) {
      return query.replace("$namespace", namespace).replace("$job", job).replace("$region", ".*");
    }
  }

  private Dashboard() {}

  static JsonNode read() throws IOException {
    return new ObjectMapper()
        .readTree(Checkout.find().root().resolve("helm/files/dashboard.json").toFile());
  }

  /** For what the panels show. */
  static List<Question> ofPanels() throws IOException {
    List<Question> questions = new ArrayList<>();
    for (JsonNode panel : read().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        questions.add(
            new Question(
                "panel_" + panel.path("id").asInt() + "_" + target.path("refId").asText(),
                target.path("expr").asText(),
                IN_LEGEND
                    .matcher(target.path("legendFormat").asText())
                    .results()
                    .map(found -> found.group(1))
                    .toList()));
      }
    }
    return questions;
  }

  /** For what may be chosen. */
  static List<Question> ofVariables() throws IOException {
    List<Question> questions = new ArrayList<>();
    for (JsonNode variable : read().at("/templating/list")) {
      Matcher asked = LABEL_VALUES.matcher(variable.at("/query/query").asText());
      if (asked.matches()) {
        questions.add(
            new Question(
                "variable_" + variable.path("name").asText(),
                asked.group(1),
                List.of(asked.group(2))));
      }
    }
    return questions;
  }
}
