package dev.emroperator.finance.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Something that a service account asked the API server for, as the audit log has it.
 *
 * @param resource with its subresource, as in {@code financialanalyses/status}
 * @param name empty where the call names none
 * @param allowed what RBAC decided
 * @param reason of the decision, in RBAC's words
 */
record Use(
    String verb,
    String group,
    String resource,
    String namespace,
    String name,
    boolean allowed,
    String reason) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All that an account asked for; its namespace bears its name. */
  static List<Use> of(Path auditLog, String account) {
    String user = "system:serviceaccount:" + account + ":" + account;
    try (var lines = Files.lines(auditLog)) {
      return lines
          .map(Use::event)
          .filter(event -> event.at("/user/username").asText().equals(user))
          .filter(event -> event.has("objectRef"))
          .map(Use::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode event(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("no event: " + line, e);
    }
  }

  private static Use read(JsonNode event) {
    JsonNode object = event.path("objectRef");
    String subresource = object.path("subresource").asText();
    JsonNode decided = event.path("annotations");
    return new Use(
        event.path("verb").asText(),
        object.path("apiGroup").asText(),
        object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
        object.path("namespace").asText(),
        object.path("name").asText(),
        decided.path("authorization.k8s.io/decision").asText().equals("allow"),
        decided.path("authorization.k8s.io/reason").asText());
  }

  /** Each verb and resource once, as people say it. */
  static Set<String> said(List<Use> uses) {
    return uses.stream()
        .map(use -> use.verb() + " " + use.resource() + " of '" + use.group() + "'")
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
