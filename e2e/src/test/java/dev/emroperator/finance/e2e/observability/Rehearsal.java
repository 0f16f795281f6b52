package dev.emroperator.finance.e2e.observability;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emroperator.finance.e2e.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An hour of a Prometheus that sees the series of one scrape, each of which grows. Rules keep its
 * answers under a name, so that more can be asked of them.
 */
final class Rehearsal {

  private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");

  private final ObjectNode cases = new ObjectMapper().createObjectNode();
  private final ObjectNode rules = new ObjectMapper().createObjectNode();
  private final ArrayNode recorded;
  private final ArrayNode expected;

  /**
   * @param target labels that Prometheus sets on all that it scrapes there
   */
  Rehearsal(Scrape scrape, String target) {
    recorded = rules.putArray("groups").addObject().put("name", "asked").putArray("rules");
    cases.put("evaluation_interval", "1m").putArray("rule_files").add("rules.json");
    ObjectNode hour = cases.putArray("tests").addObject().put("interval", "1m");
    ArrayNode series = hour.putArray("input_series");
    SERIES
        .matcher(scrape.text())
        .results()
        .forEach(
            found ->
                series
                    .addObject()
                    .put("series", found.group(1) + "{" + labels(found.group(2), target) + "}")
                    .put("values", "1+1x60"));
    expected = hour.putArray("promql_expr_test");
  }

  private static String labels(String own, String target) {
    return Stream.of(own, target)
        .filter(labels -> labels != null && !labels.isBlank())
        .collect(Collectors.joining(","));
  }

  void record(String name, String query) {
    recorded.addObject().put("record", name).put("expr", query);
  }

  void hasSome(String recorded) {
    expect("group(" + recorded + ")").addObject().put("labels", "{}").put("value", 1);
  }

  void hasNone(String recorded) {
    expect(recorded);
  }

  private ArrayNode expect(String query) {
    return expected.addObject().put("expr", query).put("eval_time", "1h").putArray("exp_samples");
  }

  /** What promtool says of it. */
  Tool.Answer play(Path folder) throws IOException {
    // Whatever is JSON is YAML, too.
    for (var file : List.of(Map.entry("rules.json", rules), Map.entry("cases.json", cases))) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue().toString());
    }
    return Tool.of("promtool").run(folder, Map.of(), "test", "rules", "cases.json");
  }
}
