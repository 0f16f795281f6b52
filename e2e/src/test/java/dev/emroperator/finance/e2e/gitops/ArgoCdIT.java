package dev.emroperator.finance.e2e.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Argo CD's own virtual machine makes of the scripts, and kstatus of the conditions, for
 * objects of every moment.
 */
@Tag("delivery")
class ArgoCdIT {

  private static final String PREFIX = "finance.emr-operator.dev/";

  private static Map<String, JsonNode> argo;
  private static Map<String, JsonNode> kstatus;

  @BeforeAll
  static void judge() throws IOException {
    argo = judged(Judge.ARGO_CD);
    kstatus = judged(Judge.KSTATUS);
  }

  private static Map<String, JsonNode> judged(Judge judge) throws IOException {
    Map<String, JsonNode> judged = new TreeMap<>();
    for (JsonNode judgement : judge.of(Dumps.all().values())) {
      judged.put(Dumps.moment(judgement.path("object").asText()), judgement);
    }
    return judged;
  }

  @Test
  void everyMomentIsJudgedAsTheTableSays() {
    List<String> found = new ArrayList<>();
    argo.forEach(
        (moment, judgement) ->
            found.add(
                "%s | %s | %s | %s"
                    .formatted(
                        moment,
                        judgement.path("status").asText(),
                        kstatus.get(moment).path("status").asText(),
                        String.join(" ", offered(judgement)))
                    .strip()));
    assertEquals(String.join("\n", Expected.TABLE), String.join("\n", found));
  }

  private static List<String> offered(JsonNode judgement) {
    List<String> actions = new ArrayList<>();
    judgement.path("actions").forEach(action -> actions.add(action.asText()));
    return actions;
  }

  @Test
  void everyHealthIsExplained() {
    argo.forEach(
        (moment, judgement) -> assertFalse(judgement.path("message").asText().isBlank(), moment));
    String failed = argo.get("Failed-UnknownEnvironment").path("message").asText();
    assertTrue(failed.startsWith("UnknownEnvironment: "), failed);
    assertTrue(failed.contains("elsewhere"), failed);
  }

  /** With the settings that most have; a change of health refreshes the application even so. */
  @Test
  void noStatusIsComparedUnlessArgoCdIsToldTo(@TempDir Path folder) throws IOException {
    argo.forEach(
        (moment, judgement) -> assertFalse(judgement.path("compared").has("status"), moment));
    Path running = Dumps.all().get("Running-Running");
    JsonNode told = Judge.comparingStatus(folder).of(List.of(running)).get(0).path("compared");
    assertEquals("Running", told.at("/status/phase").asText());
    assertFalse(told.path("status").has("progress"), told.toString());
  }

  /** Before its generation counts as observed; what was said of an older one tells nothing yet. */
  @Test
  void whatHindersTheFirstLookIsSaid(@TempDir Path folder) throws IOException {
    // Made here: no run of PhasesIT shows an object that is hindered before it was seen.
    ObjectNode hindered = Dump.read(Dumps.all().get("Stale-None")).object().deepCopy();
    ObjectNode condition =
        ((ObjectNode) hindered.path("status")).withArray("conditions").addObject();
    condition.put("type", "Reconciling").put("status", "True").put("observedGeneration", 1);
    condition.put("reason", "Hindered").put("message", "EMR can't be asked");
    Path made = new Dump(hindered).write(folder);
    assertEquals(
        "Hindered: EMR can't be asked",
        Judge.ARGO_CD.of(List.of(made)).get(0).path("message").asText());
    String edited = argo.get("Stale-Running").path("message").asText();
    assertEquals("waits for the operator to see this generation", edited);
  }

  @Test
  void linksLeadToTheClusterAndToTheResults() {
    JsonNode none = argo.get("Pending-Queued").path("links");
    assertEquals(0, none.size(), none.toString());
    JsonNode links = argo.get("Succeeded-Succeeded").path("links");
    String console = links.path("EMR cluster").asText();
    assertTrue(console.startsWith("https://") && console.contains("/j-"), console);
    String results = links.path("Results").asText();
    assertTrue(
        results.matches(
            "https://s3\\.console\\.aws\\.amazon\\.com/s3/buckets/research\\?prefix=\\w+%2F"),
        results);
  }

  @Test
  void anActionChangesWhatItIsForAndNothingElse() throws IOException {
    for (var dump : Dumps.all().entrySet()) {
      JsonNode before = Dump.read(dump.getValue()).object();
      JsonNode after = argo.get(dump.getKey()).path("after");
      for (String action : offered(argo.get(dump.getKey()))) {
        ObjectNode expected = before.deepCopy();
        switch (action) {
          case "suspend" -> ((ObjectNode) expected.path("spec")).put("suspend", true);
          case "resume" -> ((ObjectNode) expected.path("spec")).put("suspend", false);
          default -> {
            String key = PREFIX + action + "-requested-at";
            String asked = after.path(action).at("/metadata/annotations").path(key).asText();
            assertTrue(Instant.parse(asked).isAfter(Instant.EPOCH), asked);
            ((ObjectNode) expected.path("metadata")).withObject("/annotations").put(key, asked);
          }
        }
        assertEquals(expected, after.path(action), dump.getKey() + " " + action);
      }
    }
  }
}
