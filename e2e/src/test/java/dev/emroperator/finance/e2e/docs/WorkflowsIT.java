package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.docs.YamlBlocks.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflows on the pages, read by Argo's own code. */
@Tag("delivery")
class WorkflowsIT {

  @TempDir Path folder;

  private Tool.Answer read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("workflow.yaml"), yaml);
    return Tool.of("argo-workflow").run(file.toString());
  }

  private static List<Document> workflows() {
    return YamlBlocks.all().stream()
        .filter(document -> document.tree().path("kind").asText().equals("Workflow"))
        .toList();
  }

  @Test
  void argoKnowsEveryField() throws IOException {
    assertTrue(!workflows().isEmpty());
    for (Document workflow : workflows()) {
      Tool.Answer answer = read(workflow.text());
      assertEquals(0, answer.exitCode(), answer.printed());
      assertEquals("Resource", answer.printed().strip());
    }
  }

  @Test
  void whatArgoDoesNotKnowWouldBeSeen() throws IOException {
    Tool.Answer answer = read(workflows().get(0).text().replace("successCondition", "successWhen"));
    assertNotEquals(0, answer.exitCode());
    assertTrue(answer.printed().contains("successWhen"), answer.printed());
  }
}
