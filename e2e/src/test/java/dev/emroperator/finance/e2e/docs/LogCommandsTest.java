package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read logs get along with the lines that are no JSON. */
class LogCommandsTest {

  private static final String OPTIONS = "Picked up JAVA_TOOL_OPTIONS: -XX:MaxRAMPercentage=50";
  private static final String REFUSED = "config.yaml: region is missing";
  private static final String ABOUT_ONE =
      "{\"level\":\"INFO\",\"message\":\"runs\",\"object\":\"research/us-equities\"}";
  private static final String WARNING = "{\"level\":\"WARN\",\"message\":\"EMR is slow\"}";

  @TempDir Path folder;

  @BeforeEach
  void jqIsThere() {
    Tool.assumeOnPath("jq", ", and the pages need it");
  }

  @Test
  void whoIsOnCallSeesWarningsAndPlainLines() throws IOException {
    String command = Markdown.page("docs/operations.md").blocks("").get(0);
    Scripts.program(folder, "kubectl", "cat '" + log() + "'");
    assertEquals(String.join("\n", OPTIONS, "EMR is slow", REFUSED), shell(command));
  }

  @Test
  void theReplicasAreFoundByTheLabelsOfTheChart() throws IOException {
    String labels =
        only("logs --tail=-1 -l (\\S+) ", "docs/operations.md")
            .replace("=", ": ")
            .replace(",", "\n")
            .replace("RELEASE", "{{ .Release.Name }}");
    Path names = Checkout.find().root().resolve("helm/templates/_names.tpl");
    String selector = "{{- define \"emr-operator.selector\" -}}\n" + labels + "\n{{- end -}}";
    assertTrue(Files.readString(names).contains(selector), selector);
  }

  @Test
  void oneAnalysisIsFollowedByItsName() throws IOException {
    String command = only("`(jq [^`]+)`", "docs/configuration.md").replace("jq ", "jq -c ");
    assertEquals(ABOUT_ONE, shell(command + " <'" + log() + "'"));
  }

  private static String only(String pattern, String page) {
    var found = Pattern.compile(pattern).matcher(Markdown.page(page).text()).results().toList();
    assertEquals(1, found.size(), page);
    MatchResult one = found.get(0);
    return one.group(1);
  }

  private Path log() throws IOException {
    return Files.writeString(
        folder.resolve("log"), String.join("\n", OPTIONS, ABOUT_ONE, WARNING, REFUSED, ""));
  }

  private String shell(String command) {
    Tool.Answer answer = Scripts.runBefore(folder, folder, command);
    assertEquals(0, answer.exitCode(), answer.printed());
    return answer.printed().strip();
  }
}
