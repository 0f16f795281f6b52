package dev.emroperator.finance.e2e.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.e2e.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A program that says of objects what somebody else makes of them, one line of JSON for each.
 *
 * @param settings what it is to judge by; its first arguments
 */
record Judge(String tool, List<String> settings) {

  private static final Path SETTINGS = Path.of("argocd", "argocd-cm.yaml");

  static final Judge ARGO_CD = argoCd(SETTINGS);
  static final Judge KSTATUS = new Judge("kstatus", List.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Judge argoCd(Path settings) {
    return new Judge("argocd", List.of("judge", settings.toString()));
  }

  /** Argo CD as some set it up, so that a change of status is an update. */
  static Judge comparingStatus(Path folder) throws IOException {
    String option =
        "data:\n  resource.compareoptions: 'ignoreDifferencesOnResourceUpdates: false'\n";
    String told = Files.readString(SETTINGS).replace("data:\n", option);
    return argoCd(Files.writeString(folder.resolve("comparing.yaml"), told));
  }

  /** In the order of the files. */
  List<JsonNode> of(Collection<Path> objects) throws IOException {
    List<String> arguments = new ArrayList<>(settings);
    objects.forEach(file -> arguments.add(file.toString()));
    Tool.Answer answer = Tool.of(tool).run(arguments.toArray(String[]::new));
    assertEquals(0, answer.exitCode(), answer.printed());
    List<JsonNode> judgements = new ArrayList<>();
    for (String line : answer.printed().lines().toList()) {
      judgements.add(JSON.readTree(line));
    }
    return judgements;
  }
}
